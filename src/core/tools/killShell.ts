import { z } from 'zod';
import { describeJob, noSuchJob } from './bashOutput';
import type { Tool } from './tool';

const schema = z.strictObject({ shell_id: z.string().min(1).describe('Of the command, such as bash_1.') });

/** Ends a command in the background, with everything it started. */
export const killShell: Tool<z.infer<typeof schema>> = {
  name: 'KillShell',
  description: 'Ends a command in the background, with everything it started.',
  schema,
  title: ({ shell_id }) => shell_id,
  async run({ call }, { processes: { jobs } }) {
    const { shell_id } = call.input;
    const job = jobs.find(({ id }) => id === shell_id);
    if (!job) return noSuchJob(shell_id, jobs);
    const before = job.end;
    await job.stop();
    return { text: `${shell_id} ${before ? 'had already ended' : 'is ended'} (${describeJob(job)}).`, isError: false };
  },
};
