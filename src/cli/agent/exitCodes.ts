/** What the shell is told. Documented in `docs/terminal.md`; scripts rely on these numbers. */
export const exitCodes = {
  done: 0,
  /** Something inside went wrong. */
  internal: 1,
  /** The command line, a settings file or the input cannot be used. */
  usage: 2,
  /** What was asked for is not available: a mode that policy, model or circumstances rule out, an unknown session. */
  unavailable: 3,
  /** No key, or the API refused or could not be reached. */
  request: 4,
  /** Too many calls needed a person, and nobody can be asked. */
  unattended: 5,
  /** The same, because the classifier gave no verdicts. */
  noVerdicts: 6,
  /** `--max-turns`, or another limit of the agent's. */
  limit: 7,
  /** `--max-cost`. */
  cost: 8,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
