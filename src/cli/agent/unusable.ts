import { english, type Said } from '../../core/say';
import { type ExitCode, exitCodes } from './exitCodes';

/** Why the program cannot start as it was asked to: told to the person as it stands, without a stack. */
export class Unusable extends Error {
  readonly code: ExitCode;

  constructor(said: Said, code: ExitCode = exitCodes.unavailable) {
    super(english(said));
    this.code = code;
  }
}
