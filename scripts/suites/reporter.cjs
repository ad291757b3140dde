// A mocha reporter for long runs: one line a suite, failures in full, and the counts in a file for the script that sums them.
const { writeFileSync } = require('node:fs');

module.exports = class {
  constructor(runner) {
    const failures = [];
    let passed = 0;
    let pending = 0;
    let inSuite = 0;
    const path = (test) => test.titlePath().join(' › ');
    runner.on('suite', (suite) => {
      inSuite = suite.parent?.root ? 0 : inSuite;
    });
    runner.on('pass', (test) => {
      passed += 1;
      inSuite += 1;
      if (test.speed === 'slow' && test.duration > 3000)
        console.log(`  ${path(test)} (${(test.duration / 1000).toFixed(1)} s)`);
    });
    runner.on('pending', (test) => {
      pending += 1;
      console.log(`– not run: ${path(test)}`);
    });
    runner.on('fail', (test, error) => {
      failures.push(test);
      console.log(`✖ ${path(test)}\n${indent(error.stack ?? String(error))}${difference(error)}`);
    });
    runner.on('suite end', (suite) => {
      if (suite.parent?.root && inSuite > 0) console.log(`✔ ${suite.title}: ${inSuite}`);
    });
    runner.on('end', () => {
      const report = process.env.GATEHOUSE_REPORT;
      if (report) writeFileSync(report, JSON.stringify({ passed, failed: failures.length, pending }));
    });
  }
};

const indent = (text) => text.replace(/^/gm, '    ');

function difference({ actual, expected, showDiff }) {
  if (showDiff === false || expected === undefined) return '';
  const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
  const [was, wanted] = [show(actual), show(expected)];
  if (was === undefined || was.length > 4000 || wanted.length > 4000) return '';
  return `\n${indent(`was:\n${indent(was)}\nshould be:\n${indent(wanted)}`)}`;
}
