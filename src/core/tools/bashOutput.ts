import { z } from 'zod';
import type { Job } from '../ports';
import { startOf } from './shortText';
import type { Tool } from './tool';

const schema = z.strictObject({
  bash_id: z.string().min(1).optional().describe('Of the command, such as bash_1; without it all are listed.'),
});

/** What commands in the background have printed since the last look. */
export const bashOutput: Tool<z.infer<typeof schema>> = {
  name: 'BashOutput',
  description: 'Gives what a command in the background has printed since the last look, and whether it still runs.',
  schema,
  title: ({ bash_id }) => bash_id ?? '',
  async run({ call }, { processes: { jobs } }) {
    const { bash_id } = call.input;
    if (bash_id === undefined)
      return {
        text: jobs.length === 0 ? 'No command was started in the background.' : jobs.map(line).join('\n'),
        isError: false,
      };
    const job = jobs.find(({ id }) => id === bash_id);
    if (!job) return noSuchJob(bash_id, jobs);
    // Asked first: what it prints while this runs is for the next look.
    const state = describeJob(job);
    const { logPath, omitted, output } = job.read();
    const notes = [
      `(${state})`,
      omitted > 0 &&
        `(${omitted} characters are left out in the middle${logPath ? `; the full log is ${logPath}` : ''})`,
    ].filter((note) => typeof note === 'string');
    return {
      text: [output.trimEnd() === '' ? '(nothing new)' : output.trimEnd(), ...notes].join('\n'),
      isError: false,
      display: { type: 'output', text: output, exitCode: job.end?.exitCode, logPath },
    };
  },
};

export function noSuchJob(id: string, jobs: readonly Job[]) {
  const known = jobs.length === 0 ? 'None was started' : `There are ${jobs.map((job) => job.id).join(', ')}`;
  return { text: `No command in the background is called ${JSON.stringify(id)}. ${known}.`, isError: true };
}

export function describeJob({ end }: Job): string {
  if (!end) return 'still running';
  const code = end.exitCode === undefined ? 'ended by a signal' : `ended with exit code ${end.exitCode}`;
  switch (end.by) {
    case 'itself':
      return code;
    case 'request':
      return 'ended on request';
    case 'flood':
      return 'ended because it printed without end';
  }
}

const line = (job: Job): string => `${job.id} (${describeJob(job)}): ${startOf(job.command.replace(/\s+/g, ' '), 200)}`;
