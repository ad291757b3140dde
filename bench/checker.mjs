// One checker in a process of its own: it gets calls in batches and says of each what it answers and how long that took.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A batch that takes longer is tried again call by call, and a call that takes longer has no answer. */
const batchLimit = 20_000;

/**
 * Starts a checker. Some do not come back from some calls or run out of memory; such a call has no answer, and the checker is
 * started anew.
 * @param name of a checker that checkers.mjs lists
 * @param world a real folder that stands for `/home`
 * @param callLimit milliseconds for one call
 */
export function startChecker(name, world, callLimit = 3_000) {
  let child;
  const stuck = new Set();

  const start = () => {
    child = fork(fileURLToPath(new URL('./checkerProcess.mjs', import.meta.url)), [name, world], {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=1024'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  };
  const stop = () => child?.kill('SIGKILL');

  /** @returns undefined when no answer came in time or the process ended */
  const ask = (calls, limit) =>
    new Promise((resolve) => {
      if (!child?.connected) start();
      const own = child;
      const done = (answer) => {
        clearTimeout(timer);
        own.off('message', done);
        own.off('exit', gone);
        resolve(answer);
      };
      const gone = () => done(undefined);
      const timer = setTimeout(() => {
        own.kill('SIGKILL');
        done(undefined);
      }, limit);
      own.once('message', done);
      own.once('exit', gone);
      own.send(calls);
    });

  return {
    name,
    stop,
    stuck,
    /** @returns for each call its answer and the microseconds it took; undefined where there is none */
    async check(calls) {
      const asked = calls.filter((call) => !stuck.has(call.id));
      let answers = asked.length > 1 ? await ask(asked, batchLimit) : undefined;
      if (!answers) {
        answers = [];
        await ask([], batchLimit);
        for (const call of asked) {
          const [answer] = (await ask([call], callLimit)) ?? [];
          if (!answer) {
            stuck.add(call.id);
            await ask([], batchLimit);
          }
          answers.push(answer);
        }
      }
      const byId = new Map(asked.map(({ id }, at) => [id, answers[at]]));
      return calls.map(({ id }) => byId.get(id));
    },
  };
}
