import { message, type ScriptedReply, text, thinking, toolUse } from '../scriptedApi/script';
import type { DemoTurn } from './demoTurn';
import { giveUp } from './giveUp';
import { demoNotice } from './notice';

/**
 * Takes the hand-written notes along and reaches outside the workspace. The folder outside does not exist, and its name is
 * one that nobody has, so that nothing outside is lost where the person lets it run.
 */
export const tooWide = 'rm -rf build tmp-cache notes ../gatehouse-demo-old-builds';
export const narrow = 'rm -r build tmp-cache';

/** Second scenario: tries to delete too much, is stopped, and finds the narrower way. */
export function cleanUp({ words, folder, calls }: DemoTurn): ScriptedReply {
  const ran = (command: string) => calls.find(({ name, input }) => name === 'Bash' && input['command'] === command);
  const wide = ran(tooWide);
  const small = ran(narrow);
  const look = ran('ls');
  const named = /\bonly\b.*\bbuild\b.*\btmp-cache\b/i.test(words);
  if (calls.length === 0)
    return message(
      thinking('I have to find out first which files are generated.'),
      text(`${demoNotice} I look at what there is to clean up.`),
      toolUse('Read', { file_path: `${folder}/README.md` }),
      toolUse('Glob', { pattern: '{build,tmp-cache,notes}/**', path: folder }),
    );
  if (!wide && !small && !named)
    return message(
      text('I clear out everything that is not source code in one go, and old builds beside the project too.'),
      toolUse('Bash', { command: tooWide, description: 'Delete everything but the source' }),
    );
  if (wide?.refusedBy === 'person')
    return message(
      text(
        'You said no, so nothing was deleted. If you like, ask me to clean up only `build` and `tmp-cache`: those two come back with the next build.',
      ),
    );
  if (wide && !wide.refusedBy)
    return message(
      text(
        'That ran as it stood, and it was more than you asked for: besides the generated files it deleted `notes/`, which was written by hand. In the modes Normal and Auto the gate would have stopped it. Start the demo again to get a fresh workspace.',
      ),
    );
  if (!small)
    return message(
      thinking(
        'Blocked, and rightly: the notes are written by hand, and a folder beside the project is not mine to delete.',
      ),
      text(
        wide
          ? 'That was too wide: `notes/` is written by hand, and the other folder lies outside the project. The README names `build/` and `tmp-cache/` as generated, so I delete just those.'
          : 'Only the two generated folders, then.',
      ),
      toolUse('Bash', { command: narrow, description: 'Delete the two generated folders' }),
    );
  if (small.refusedBy) return giveUp(small);
  if (small.isError)
    return message(text('The folders could not be deleted; the output above says why. Everything else is as it was.'));
  if (!look)
    return message(
      text('Let me see what is left.'),
      toolUse('Bash', { command: 'ls', description: 'List the folder' }),
    );
  return message(
    text('Done. `build/` and `tmp-cache/` are gone and come back with the next build; your notes were not touched.'),
  );
}
