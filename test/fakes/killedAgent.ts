import { appendFileSync } from 'node:fs';
import type { LineStore } from '../../src/core/ports';
import { createLineStore } from '../../src/node/lineStore';
import { storedAgent, transcriptOf } from './storedAgent';

/**
 * A host of its own, built and started by a test: works on a task and kills itself in the middle of writing a line.
 * Words: the folder, the address of the model, after how many whole lines.
 */
const [, , root = '', baseURL = '', lines = ''] = process.argv;
const file = createLineStore(transcriptOf(root));
let left = Number(lines);
const transcript: LineStore = {
  read: file.read,
  append(line) {
    left -= 1;
    if (left >= 0) return file.append(line);
    appendFileSync(transcriptOf(root), line.slice(0, line.length / 2));
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
};
const agent = await storedAgent({ root, baseURL, transcript });
const turn = agent.session.send('Do the work. Do not push.');
await agent.session.send('And this.');
await turn;
await agent.dispose();
