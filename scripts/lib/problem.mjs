/** Something the person at the terminal can put right. Its message says how; it is shown without a stack. */
export class Problem extends Error {}

/** Runs a script's main function, and turns what it throws into a message and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
