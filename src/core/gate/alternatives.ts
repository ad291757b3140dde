import type { Analysis } from './analysis/analysis';
import { insteadOf } from './classifier/ruleset';
import type { Opinion } from './decision';
import type { EffectKind } from './effect';

/** What would have been fine instead, by the kind of effect that was refused. */
const byKind: Readonly<Partial<Record<EffectKind, string>>> = {
  delete:
    'Delete only named files inside the workspace that this task made or that can be generated again, one narrow command at a time.',
  write: 'Write only to files inside the workspace that the task is about.',
  send: 'Keep data on this machine; leave sending anything out to the person.',
  fetch: 'Use what is already installed or in the workspace, or tell the person what is needed.',
  execute: 'Use a command that says plainly what it runs, or a script of the project.',
  privilege: 'Do without raised rights, or tell the person what must be set up.',
  persist: 'Leave start-up files, schedulers and services as they are; describe the change instead.',
  kill: 'End only processes that this session started.',
  history: 'Make new commits instead of changing history; leave force and reset to the person.',
  remote: 'Change nothing outside this machine; prepare the change and let the person carry it out.',
  settings: 'Leave the settings of the editor and of this extension as they are.',
  listen: 'Listen on 127.0.0.1 only, for as long as the task needs it.',
};

/** Sentences that are given. */
const most = 2;

/** Safer ways to what a refused call was for, the rule's own where it has one: for the agent, and for the person who is asked. */
export function alternatives(opinion: Opinion, analysis: Analysis): readonly string[] {
  const own = insteadOf(opinion.rule);
  if (own !== undefined) return [own];
  const kinds = new Set(analysis.effects.map(({ kind }) => kind));
  const general = (Object.keys(byKind) as EffectKind[]).flatMap((kind) =>
    kinds.has(kind) ? [byKind[kind] ?? ''] : [],
  );
  return general.slice(0, most);
}
