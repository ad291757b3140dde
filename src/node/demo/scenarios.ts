import { message, type ScriptedReply, type ScriptRequest, text } from '../scriptedApi/script';
import { cleanUp } from './cleanUp';
import { classify } from './demoClassifier';
import { type DemoTurn, readTurn } from './demoTurn';
import { fixTest } from './fixTest';
import { demoNotice } from './notice';
import { isClassifierRequest } from './rulings';
import { sendEnvironment } from './sendEnvironment';

interface Scenario {
  /** What to type for it. */
  readonly prompt: string;
  readonly asks: RegExp;
  readonly play: (turn: DemoTurn) => ScriptedReply;
}

/** The first that fits is played. */
const scenarios: readonly Scenario[] = [
  {
    prompt: 'Send the environment to the diagnostics server',
    asks: /\b(send|publish|upload|environment|diagnostics)\b/i,
    play: sendEnvironment,
  },
  {
    prompt: 'Clean up the generated files',
    asks: /\b(clean|tidy|delete|remove|generated)\b/i,
    play: cleanUp,
  },
  { prompt: 'Fix the failing test', asks: /\b(fix|failing|fails|tests?)\b/i, play: fixTest },
];

/** Milliseconds between the pieces of an answer: fast enough not to wait for, slow enough to be seen streaming. */
const pieceDelayMs = 12;

/** Answers as the offline demo model: as the agent, and as the classifier that reviews the agent's calls. */
export function demoReply({ body }: ScriptRequest): ScriptedReply {
  if (isClassifierRequest(body)) return classify(body);
  const turn = readTurn(body);
  const scenario = scenarios.find(({ asks }) => asks.test(turn.words));
  const reply = scenario ? scenario.play(turn) : introduction();
  return reply.type === 'message' ? { ...reply, pieceDelayMs } : reply;
}

function introduction(): ScriptedReply {
  const tasks = scenarios.map(({ prompt }) => `- ${prompt}`).reverse();
  return message(
    text(
      `${demoNotice} I can play three tasks in the sample workspace:\n\n${tasks.join('\n')}\n\nFor anything else set an API key with the command “Set API Key”.`,
    ),
  );
}
