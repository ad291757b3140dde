import type {
  ArithmeticExpression,
  CommandNode,
  CompoundList,
  Function as FunctionNode,
  ParsedScript,
  PipelineNode,
  Statement,
  TestExpression,
} from 'unbash';
import { assertNever } from '../../../assertNever';
import { say } from '../../../say';
import type { Report } from '../report';
import { checkArithmetic } from './arithmetic';
import { checkInfluence } from './assignments';
import { runCommand } from './command';
import type { Registry } from './families/family';
import { type Field, mixTaints, unknownPiece } from './field';
import { checkForkBomb, defineFunction } from './functions';
import { checkParsed } from './parsed';
import { parseShell } from './parseShell';
import { applyRedirections } from './redirections';
import { BudgetSpent, type Context, type Flow, noFlow, type Shell, spanOf } from './shell';
import { copyState, isInteger, mergeFolders, mergeState, type ShellState, sameState, scalar } from './state';
import { checkTest } from './test';
import { expandValue, expandWord } from './words';

/** Values of a loop that are gone through one by one; with more, the loop variable counts as unknown. */
const unrollLimit = 12;

/**
 * @param source the text of the whole call.
 * @param budget steps of work, one for every node that is visited, however often.
 * @param deepest nesting that is followed.
 * @param judging files that are being judged further out.
 */
export function createShell(
  report: Report,
  families: Registry,
  source: string,
  budget: number,
  deepest: number,
  judging: Set<string> = new Set(),
): Shell {
  let left = budget;
  const shell: Shell = {
    report,
    families,
    source,
    judging,
    ran: new Map(),
    fetched: new Set(),
    uncalled: new Map(),
    connections: [],
    startsShell: false,
    spend(steps = 1) {
      left -= steps;
      if (left < 0) throw new BudgetSpent('too many steps');
    },
    walkScript(script, state, context) {
      if (context.depth > deepest) throw new BudgetSpent('too deep');
      if (script.errors?.length) reportErrors(shell, script, context);
      // Escaped backticks make a source of their own, whose positions mean nothing outside.
      const frame =
        script.source === undefined
          ? context.frame
          : { within: context.frame.within ?? { start: script.pos, end: script.end } };
      return walkStatements(shell, script.commands, state, { ...context, frame });
    },
    walkText(text, state, context, span) {
      if (context.depth > deepest) throw new BudgetSpent('too deep');
      shell.spend(1 + Math.ceil(text.length / 50));
      const script = parseShell(text);
      return shell.walkScript(script, state, {
        ...context,
        frame: { within: context.frame.within ?? span },
        depth: context.depth + 1,
      });
    },
    span: (node, context) => spanOf(node, context.frame),
    doubt: (rule, reason, span) => report.doubt(rule, reason, span),
  };
  return shell;
}

function reportErrors(shell: Shell, script: ParsedScript, context: Context): void {
  shell.report.opaque();
  const [first] = script.errors ?? [];
  const at = first
    ? { start: first.pos, end: Math.max(first.pos + 1, Math.min(first.pos + 1, script.end)) }
    : undefined;
  shell.report.doubt(
    'shell.parse',
    say('the shell text could not be read: {0}', first?.message ?? 'syntax error'),
    context.frame.within ?? at,
  );
}

function walkStatements(shell: Shell, statements: readonly Statement[], state: ShellState, context: Context): Flow {
  let output = noFlow;
  let outputs = 0;
  for (const statement of statements) {
    shell.spend();
    const own = statement.background ? copyState(state) : state;
    const forks = statement.background ? context.forks + 1 : context.forks;
    const flow = walkNode(shell, statement.command, own, { ...context, forks });
    outputs += 1;
    output = outputs === 1 ? flow : joinFlows(output, flow);
    settleFolder(state);
  }
  return output;
}

/** After a statement nobody knows any more whether its `cd` worked. */
function settleFolder(state: ShellState): void {
  if (!state.cwdUnlessMoved) return;
  state.cwd = mergeFolders(state.cwd, state.cwdUnlessMoved);
  state.cwdUnlessMoved = undefined;
}

function joinFlows(one: Flow, other: Flow): Flow {
  const silent = (flow: Flow): boolean => flow.text === '';
  if (silent(one)) return other;
  if (silent(other)) return one;
  return {
    text: one.text !== undefined && other.text !== undefined ? one.text + other.text : undefined,
    present: true,
    paths: one.paths && other.paths ? [...one.paths, ...other.paths] : undefined,
    ...mixTaints(one, other),
  };
}

function walkNode(shell: Shell, node: Statement['command'], state: ShellState, context: Context): Flow {
  if (node.type === 'AndOr') return walkAndOr(shell, node.commands, node.operators, state, context);
  return walkPipelineNode(shell, node, state, context);
}

/** `a && b || c`: what follows `&&` runs in the folder that a `cd` before it reached; what follows `||` in the one before. */
function walkAndOr(
  shell: Shell,
  commands: readonly PipelineNode[],
  operators: readonly ('&&' | '||')[],
  state: ShellState,
  context: Context,
): Flow {
  let output = noFlow;
  let elsewhere: readonly string[] | undefined = [];
  for (const [index, command] of commands.entries()) {
    const operator = index === 0 ? undefined : operators[index - 1];
    if (operator === '||') {
      const other = copyState(state);
      if (state.cwdUnlessMoved) other.cwd = state.cwdUnlessMoved;
      other.cwdUnlessMoved = undefined;
      output = joinFlows(output, walkPipelineNode(shell, command, other, { ...context, certainty: 'possible' }));
      const leaves = isExit(command);
      if (leaves) state.cwdUnlessMoved = undefined;
      else mergeState(state, other);
      continue;
    }
    if (operator === '&&' && state.cwdUnlessMoved) {
      elsewhere = mergeFolders(elsewhere, state.cwdUnlessMoved);
      state.cwdUnlessMoved = undefined;
    }
    const certainty = operator === '&&' && !alwaysWorks(commands[index - 1]) ? 'possible' : context.certainty;
    const flow = walkPipelineNode(shell, command, state, { ...context, certainty });
    output = index === 0 ? flow : joinFlows(output, flow);
  }
  if (!elsewhere || elsewhere.length > 0)
    state.cwdUnlessMoved = elsewhere ? mergeFolders(elsewhere, state.cwdUnlessMoved ?? []) : undefined;
  if (!elsewhere) state.cwd = undefined;
  return output;
}

/** After `cd x || exit` the rest runs only where the `cd` worked. */
function isExit(node: PipelineNode): boolean {
  return node.type === 'Command' && (node.name?.text === 'exit' || node.name?.text === 'return');
}

/** Commands that hardly fail, so that what follows their `&&` counts as certain. */
function alwaysWorks(node: PipelineNode | undefined): boolean {
  return (
    node?.type === 'Command' && /^(?:cd|echo|true|:|printf|export|set|mkdir|sudo|pwd)$/.test(node.name?.text ?? ':')
  );
}

function walkPipelineNode(shell: Shell, node: PipelineNode, state: ShellState, context: Context): Flow {
  if (node.type !== 'Pipeline') return walkCommand(shell, node, state, context);
  shell.spend();
  if (node.commands.length === 1 && node.commands[0]) return walkCommand(shell, node.commands[0], state, context);
  let flow = context.stdin;
  for (const command of node.commands) {
    flow = walkCommand(shell, command, copyState(state), { ...context, stdin: flow, forks: context.forks + 1 });
    flow = { ...flow, present: true };
  }
  return flow;
}

function walkCommand(shell: Shell, node: CommandNode, state: ShellState, context: Context): Flow {
  shell.spend();
  switch (node.type) {
    case 'Command':
      return runCommand(shell, node, state, context);
    case 'Redirected': {
      const redirected = applyRedirections(shell, node.redirects, state, context);
      const output = walkCommand(shell, node.command, state, { ...context, stdin: redirected.stdin });
      return redirected.output(output);
    }
    case 'Subshell':
      return walkList(shell, node.body, copyState(state), context);
    case 'BraceGroup':
      return walkList(shell, node.body, state, context);
    case 'If':
      return walkIf(shell, node, state, context);
    case 'For':
    case 'Select':
      return walkFor(shell, node, state, context);
    case 'ArithmeticFor': {
      const once = (expression: ArithmeticExpression | undefined): void => {
        if (expression) checkArithmetic(shell, expression, state, context);
      };
      once(node.initialize);
      forgetAssigned(node.body, state);
      once(node.test);
      const output = walkRepeated(shell, node.body, state, context);
      once(node.update);
      return output;
    }
    case 'While': {
      forgetAssigned(node.clause, state);
      forgetAssigned(node.body, state);
      const clause = walkList(shell, node.clause, state, context);
      return joinFlows(clause, walkRepeated(shell, node.body, state, context));
    }
    case 'Case': {
      expandValue(shell, node.word, state, context);
      let output = noFlow;
      let after: ShellState | undefined;
      let falling: ShellState | undefined;
      for (const item of node.items) {
        for (const pattern of item.pattern) expandValue(shell, pattern, state, context);
        const own = copyState(state);
        // What an earlier branch left holds here only where that one falls through.
        if (falling) mergeState(own, falling);
        output = joinFlows(output, walkList(shell, item.body, own, { ...context, certainty: 'possible' }));
        if (after) mergeState(after, own);
        else after = copyState(own);
        falling = item.terminator === ';;' || item.terminator === undefined ? undefined : own;
      }
      if (after) mergeState(state, after);
      return output;
    }
    case 'TestCommand':
      walkTest(shell, node.expression, state, context);
      return { ...noFlow, text: '' };
    case 'ArithmeticCommand':
      if (node.expression) checkArithmetic(shell, node.expression, state, context);
      else
        shell.doubt(
          'shell.second-evaluation',
          say('an arithmetic expression could not be read'),
          shell.span(node, context),
        );
      return { ...noFlow, text: '' };
    case 'Function':
      checkForkBomb(shell, node, context);
      defineFunction(node, state, context);
      shell.uncalled.set(node, uncalledBody(shell, node, copyState(state), context));
      return { ...noFlow, text: '' };
    case 'Coproc':
      if (node.name) checkInfluence(shell, node.name.value, shell.span(node.name, context));
      if (node.body.type === 'CompoundList') return walkList(shell, node.body, copyState(state), context);
      return walkCommand(shell, node.body, copyState(state), context);
    default:
      return assertNever(node);
  }
}

/**
 * A definition does nothing by itself, and a call is judged with its arguments. What no call is seen of is judged once, with
 * nothing known, as it may be called in a way that is not seen here.
 */
function uncalledBody(shell: Shell, { body, name }: FunctionNode, state: ShellState, context: Context): () => void {
  return () => {
    const unknown: ShellState = { ...state, positional: undefined };
    const inner: Context = {
      ...context,
      certainty: 'possible',
      depth: context.depth + 1,
      calling: [...context.calling, { name: name.value, forks: context.forks }],
    };
    if (body.type === 'CompoundList') walkList(shell, body, unknown, inner);
    else walkCommand(shell, body, unknown, inner);
  };
}

function walkList(shell: Shell, list: CompoundList, state: ShellState, context: Context): Flow {
  return walkStatements(shell, list.commands, state, context);
}

function walkIf(shell: Shell, node: Extract<CommandNode, { type: 'If' }>, state: ShellState, context: Context): Flow {
  const branch: Context = { ...context, certainty: 'possible' };
  let output = walkList(shell, node.clause, state, context);
  const after: ShellState[] = [];
  const take = (list: CompoundList): void => {
    const own = copyState(state);
    output = joinFlows(output, walkList(shell, list, own, branch));
    after.push(own);
  };
  take(node.then);
  for (const elif of node.elif) {
    output = joinFlows(output, walkList(shell, elif.clause, state, branch));
    take(elif.then);
  }
  if (node.else) take(node.else);
  for (const own of after) mergeState(state, own);
  return output;
}

function walkFor(
  shell: Shell,
  node: Extract<CommandNode, { type: 'For' | 'Select' }>,
  state: ShellState,
  context: Context,
): Flow {
  const name = node.name.value;
  checkInfluence(shell, name, shell.span(node.name, context));
  const values: readonly Field[] | undefined = node.wordlist
    ? node.wordlist.flatMap((word) => expandWord(shell, word, state, context))
    : state.positional;
  forgetAssigned(node.body, state);
  const known = values && values.length <= unrollLimit && values.every(({ many }) => !many) && node.type === 'For';
  if (!known) {
    const taint = mixTaints(
      ...(values ?? []).flatMap(({ pieces }) => pieces.filter((piece) => piece.type === 'unknown')),
    );
    state.variables.set(name, scalar(unknownPiece(`$${name}`, values?.length === 0 ? 'any' : 'nonempty', taint)));
    return walkRepeated(shell, node.body, state, context);
  }
  let output: Flow = { ...noFlow, text: '' };
  const ends: ShellState[] = [];
  for (const value of values) {
    state.variables.set(name, scalar(...value.pieces));
    output = joinFlows(output, walkList(shell, node.body, state, context));
    ends.push(copyState(state));
  }
  // `break` may end the loop after any round.
  for (const end of ends.slice(0, -1)) mergeState(state, end);
  return output;
}

/** A body that runs any number of times: what a round leaves holds in the next one. */
function walkRepeated(shell: Shell, body: CompoundList, state: ShellState, context: Context): Flow {
  const before = copyState(state);
  const possible: Context = { ...context, certainty: 'possible' };
  const output = walkList(shell, body, state, possible);
  const moved = JSON.stringify(before.cwd) !== JSON.stringify(state.cwd);
  const changed = moved || sameState(before, state) === false;
  mergeState(state, before);
  if (changed) {
    // A folder that changes from round to round leads anywhere.
    if (moved) state.cwd = undefined;
    const again = copyState(state);
    walkList(shell, body, again, possible);
    mergeState(state, again);
  }
  return { ...output, text: undefined };
}

/** Before a loop: a variable that its body sets may hold what the last round left. */
function forgetAssigned(body: CompoundList, state: ShellState): void {
  for (const [name, counts] of checkParsed(body).assigned)
    state.variables.set(
      name,
      scalar(unknownPiece(`$${name}`, counts && isInteger(state.variables.get(name)) ? 'integer' : 'any')),
    );
}

function walkTest(shell: Shell, expression: TestExpression, state: ShellState, context: Context): void {
  shell.spend();
  switch (expression.type) {
    case 'TestUnary':
    case 'TestBinary':
      checkTest(shell, expression, state, context);
      return;
    case 'TestLogical':
      for (const operand of expression.operands) walkTest(shell, operand, state, context);
      return;
    case 'TestNot':
      walkTest(shell, expression.operand, state, context);
      return;
    case 'TestGroup':
      walkTest(shell, expression.expression, state, context);
      return;
    default:
      assertNever(expression);
  }
}
