import type { AgentEvent } from '../../../src/core/events';
import type { PersonAnswer, Question } from '../../../src/core/gate/prompter';
import type { DecisionRecord } from '../../../src/core/gate/record';
import { english } from '../../../src/core/say';

/** What a golden transcript shows: the events of the session, and between them what the person was asked and answered. */
export type Shown =
  | { readonly type: 'event'; readonly event: AgentEvent }
  | { readonly type: 'asked'; readonly question: Question }
  | { readonly type: 'answered'; readonly answer: PersonAnswer }
  /** A line of the test itself. */
  | { readonly type: 'remark'; readonly words: string };

/** The whole transcript as text, one thing a line, continued lines indented. */
export function describeAll(shown: readonly Shown[], files: Readonly<Record<string, string>>): string {
  const lines = shown.flatMap((entry) => describe(entry));
  const left = Object.entries(files).flatMap(([path, text]) => [`  ${path}`, ...block(text, '    | ')]);
  return `${[...lines, '', 'files at the end:', ...left].join('\n')}\n`;
}

function describe(entry: Shown): readonly string[] {
  switch (entry.type) {
    case 'event':
      return describeEvent(entry.event);
    case 'asked':
      return describeQuestion(entry.question);
    case 'answered': {
      const { answer } = entry;
      const more =
        answer.choice === 'always'
          ? ` ${answer.rule}`
          : answer.choice === 'deny' && answer.why
            ? `: ${answer.why}`
            : '';
      return [`    person answers: ${answer.choice}${more}`];
    }
    case 'remark':
      return ['', `# ${entry.words}`];
  }
}

function describeEvent(event: AgentEvent): readonly string[] {
  switch (event.type) {
    case 'user':
      return ['', ...block(event.text, event.queued === undefined ? 'person: ' : 'person, now heard: ')];
    case 'queued':
      return block(event.text, 'person, while the agent works: ');
    case 'withdrawn':
      return ['the person takes a waiting message back'];
    case 'rewound':
      return [`the person went back to before message ${event.n}`];
    case 'turn-start':
    case 'message-end':
    case 'usage':
    case 'call-output':
      return [];
    case 'text':
      return block(event.text, 'agent: ');
    case 'thinking':
      return block(event.text, 'agent thinks: ');
    case 'call':
      return [`call ${event.id} ${event.tool}`, ...block(event.exact, '    | ')];
    case 'job':
      return [`  ${event.id} in the background as ${event.job}: ${event.state}`];
    case 'call-kept':
      return [`  ${event.id} can be undone (${event.files}${event.lost ? `, not ${event.lost}` : ''})`];
    case 'call-undone':
      return [
        `  ${event.id} ${event.undone ? 'was undone' : 'was done again'}${event.path === undefined ? '' : `: ${event.path}`}`,
      ];
    case 'call-reviewing':
      return [`  ${event.id} reviewed by ${event.by}`];
    case 'call-decided':
      return describeRecord(event.id, event.record);
    case 'call-done':
      return [
        `  ${event.id} ${event.isError ? 'gives an error' : 'gives'}`,
        ...block(event.text, '    > '),
        ...(event.display ? [`    shown as ${event.display.type}`] : []),
      ];
    case 'todos':
      return ['todos', ...event.todos.map(({ status, content }) => `  ${status}: ${content}`)];
    case 'cwd':
      return [`working folder: ${event.cwd}`];
    case 'mode':
      return [`mode: ${event.mode}`];
    case 'retry':
      return [`retry ${event.attempt} of ${event.attempts} in ${event.delayMs} ms: ${english(event.said)}`];
    case 'notice':
      return [`${event.level}: ${english(event.said)}${event.action ? ` [${event.action}]` : ''}`];
    case 'compacted':
      return [`${event.messages} messages are left out`, ...block(event.summary ?? '(no summary)', '    > ')];
    case 'turn-end':
      return [`turn ends: ${event.end}`];
  }
}

function describeRecord(id: string, record: DecisionRecord): readonly string[] {
  return [
    `  ${id} ${record.outcome}${record.person ? ` by the person (${record.person})` : ''}: step ${record.step}, rule ${record.rule}, ${record.source}`,
    ...block(record.reason, '    because '),
    ...record.effects.map((effect) => `    effect: ${effect}`),
  ];
}

function describeQuestion(question: Question): readonly string[] {
  return [
    `    person is asked (${question.style}): ${question.title}`,
    `      folder ${question.cwd}, rule ${question.opinion.rule}`,
    ...block(english(question.opinion.reason), '      because '),
    ...question.blocks.map(({ title, rule }) => `      after the block of ${title} (${rule})`),
    ...(question.diff ? [`      with the diff of ${question.diff.path}`] : []),
    `      offers: ${question.offers.map((offer) => (offer.type === 'always' ? `always ${offer.rule}` : offer.type)).join(', ')}`,
  ];
}

/** The first line behind the prefix, further ones indented to it. */
function block(text: string, prefix: string): readonly string[] {
  const rest = prefix.endsWith('| ') || prefix.endsWith('> ') ? prefix : ' '.repeat(prefix.length);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => ((index === 0 ? prefix : rest) + line).trimEnd());
}
