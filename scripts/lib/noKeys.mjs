/** Takes the person's own credentials and set-up out of what a suite starts: suites bring their own keys, servers and collectors. */
export const noKeys = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(ANTHROPIC|CLAUDE|OTEL)_/i.test(name))
    .map((name) => [name, undefined]),
);
