import { type Said, say } from '../say';
import type { Course } from './course';
import type { Recorded } from './replay';
import { visibleLine } from './visible';

/** Calls of one kind that are listed; more are counted. */
const listed = 20;

/** What Auto would have spared a person in Normal, and where the two were of another mind. */
export interface ShadowSummary {
  /** Decisions in Normal whose records say what Auto would have done. */
  readonly calls: number;
  /** Of these, a person was asked. */
  readonly asked: number;
  /** What Auto would have done by itself with those. */
  readonly courses: Readonly<Partial<Record<Course, number>>>;
  /** The person said no, Auto would have run it. */
  readonly looser: readonly Recorded[];
  /** The person said yes, Auto would have blocked it. */
  readonly stricter: readonly Recorded[];
}

export function summarizeShadow(records: readonly Recorded[]): ShadowSummary {
  const seen = records.filter(({ mode, shadow }) => mode === 'normal' && shadow !== undefined);
  const asked = seen.filter(({ person }) => person !== undefined);
  const courses: Partial<Record<Course, number>> = {};
  for (const { shadow } of asked) if (shadow) courses[shadow] = (courses[shadow] ?? 0) + 1;
  return {
    calls: seen.length,
    asked: asked.length,
    courses,
    looser: asked.filter(({ person, shadow }) => person === 'deny' && shadow === 'allow'),
    stricter: asked.filter(({ person, shadow }) => person !== 'deny' && (shadow === 'block' || shadow === 'deny')),
  };
}

/** The summary for a person, in Markdown, a sentence a line. */
export function describeShadow({ asked, calls, courses, looser, stricter }: ShadowSummary): readonly Said[] {
  if (calls === 0)
    return [say('Nothing has been decided in Normal here yet, so there is nothing to compare with Auto.')];
  const count = (...of: readonly Course[]): number => of.reduce((sum, course) => sum + (courses[course] ?? 0), 0);
  return [
    say('# What Auto would have done'),
    say(
      'Decisions in Normal that were recorded here: {0}. You were asked about {1} of them. By itself, Auto',
      calls,
      asked,
    ),
    say('- would have run {0} without asking,', count('allow')),
    say('- would have had {0} judged by the classifier,', count('classifier')),
    say('- would have blocked {0} and told the agent to find another way,', count('block', 'deny')),
    say('- would still have asked you about {0}.', count('ask')),
    ...list(say('## You said no, and Auto would have run it: {0}', looser.length), looser),
    ...list(say('## You said yes, and Auto would have blocked it: {0}', stricter.length), stricter),
  ];
}

function list(title: Said, records: readonly Recorded[]): readonly Said[] {
  if (records.length === 0) return [];
  const lines = records.slice(0, listed).map(({ at, title: call }) => say('- {0}: `{1}`', at, shown(call)));
  const more = records.length - lines.length;
  if (more > 0) lines.push(say('- and {0} more', more));
  return [title, ...lines];
}

/** Within backticks. */
const shown = (call: string): string => visibleLine(call).replaceAll('`', 'ˋ');
