/** Something the person at the terminal can put right. Its message says how; it is shown without a stack. */
export class Problem extends Error {}

/**
 * Runs a script's main function and ends with the exit code it gives, or with 1 and a message when it throws. What was started
 * and is still running does not keep the process alive: it is ended at exit.
 */
export async function main(work) {
  try {
    process.exit((await work()) ?? 0);
  } catch (error) {
    const wrongUse = String(error.code).startsWith('ERR_PARSE_ARGS');
    console.error(error instanceof Problem || wrongUse ? `\n${error.message}` : error);
    process.exit(1);
  }
}
