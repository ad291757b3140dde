import type { LogOutputChannel } from 'vscode';
import { redact } from '../core/gate/redact';
import type { Logger } from '../core/ports';

/** The log that *Show Log* opens. What looks like a secret is masked before it is written. */
export function createLog(channel: LogOutputChannel): Logger {
  return {
    debug: (message) => channel.debug(redact(message)),
    info: (message) => channel.info(redact(message)),
    warn: (message) => channel.warn(redact(message)),
    error: (message) => channel.error(redact(message)),
  };
}
