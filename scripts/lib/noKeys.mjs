/** Takes the person's own credentials and set-up out of what a suite starts: suites bring their own key and server. */
export const noKeys = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(ANTHROPIC|CLAUDE)_/i.test(name))
    .map((name) => [name, undefined]),
);
