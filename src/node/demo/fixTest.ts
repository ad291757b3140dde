import { message, type ScriptedReply, text, thinking, toolUse } from '../scriptedApi/script';
import type { DemoTurn } from './demoTurn';
import { giveUp } from './giveUp';
import { demoNotice } from './notice';

const steps = [
  { content: 'Run the tests', activeForm: 'Running the tests' },
  { content: 'Find the cause', activeForm: 'Finding the cause' },
  { content: 'Fix it', activeForm: 'Fixing it' },
  { content: 'Run the tests again', activeForm: 'Running the tests again' },
];

/** The list with the first `done` steps completed and the next one in progress. */
function todoList(done: number): object {
  const todos = steps.map((step, index) => ({
    ...step,
    status: index < done ? 'completed' : index === done ? 'in_progress' : 'pending',
  }));
  return { todos };
}

const bug = '(cents * percent) / 10)';
const fixed = '(cents * percent) / 100)';

/** First scenario: reads, runs the tests, finds the bug, corrects it, runs the tests again. */
export function fixTest({ folder, calls }: DemoTurn): ScriptedReply {
  const refused = calls.find(({ refusedBy }) => refusedBy);
  if (refused) return giveUp(refused);
  const prices = `${folder}/src/prices.js`;
  const runs = calls.filter(({ name, input }) => name === 'Bash' && input['command'] === 'npm test');
  const read = calls.find(({ name, input }) => name === 'Read' && input['file_path'] === prices);
  const edit = calls.find(({ name }) => name === 'Edit');
  const [before, after] = runs;
  if (calls.length === 0)
    return message(
      thinking('The person wants the failing test fixed. I look at the project first, then run its tests.'),
      text(`${demoNotice} I look at the project first.`),
      toolUse('TodoWrite', todoList(0)),
      toolUse('Read', { file_path: `${folder}/README.md` }),
      toolUse('Glob', { pattern: '**/*.js', path: folder }),
    );
  if (!before)
    return message(text('Now the tests.'), toolUse('Bash', { command: 'npm test', description: 'Run the tests' }));
  if (!edit && !before.isError) return message(text('All tests pass already, so there is nothing to fix.'));
  if (!edit && !/not ok|\u2716|fail/i.test(before.result))
    return message(text(`The tests could not be run, so I stop here. The command said: ${firstLine(before.result)}`));
  if (!read)
    return message(
      text('One test fails: a discount of 20 per cent comes out wrong. I look for where the discount is worked out.'),
      toolUse('TodoWrite', todoList(1)),
      toolUse('Grep', { pattern: 'percent', path: `${folder}/src`, output_mode: 'content' }),
      toolUse('Read', { file_path: prices }),
    );
  if (!edit) {
    if (!read.result.includes(bug))
      return message(text('The mistake this demo knows is not in `src/prices.js`, so I leave the file as it is.'));
    return message(
      thinking('Per cent means out of a hundred, and the code divides by ten.'),
      text('`discounted` divides by 10 where per cent needs 100.'),
      toolUse('TodoWrite', todoList(2)),
      toolUse('Edit', { file_path: prices, old_string: bug, new_string: fixed }),
    );
  }
  if (edit.isError) return message(text(`The file could not be changed: ${firstLine(edit.result)}`));
  if (!after)
    return message(
      text('Corrected. The tests once more.'),
      toolUse('TodoWrite', todoList(3)),
      toolUse('Bash', { command: 'npm test', description: 'Run the tests again' }),
    );
  if (after.isError)
    return message(text('The correction is in, but the tests still fail. Have a look at their output above.'));
  const finished = calls.at(-1)?.name === 'TodoWrite';
  if (!finished) return message(toolUse('TodoWrite', todoList(steps.length)));
  return message(
    text(
      'Done. `discounted` in `src/prices.js` took ten times the discount, because it divided by 10 and not by 100. I changed that one line, and all tests pass now.',
    ),
  );
}

const firstLine = (result: string): string => result.trim().split('\n')[0] ?? '';
