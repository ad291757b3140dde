import { type Command, type Function as FunctionNode, forEachChild, type SyntaxNode } from 'unbash';
import { say } from '../../../say';
import type { Span } from '../../effect';
import type { Field } from './field';
import { type Context, type Flow, noFlow, type Shell } from './shell';
import type { DefinedFunction, ShellState } from './state';

export function defineFunction(node: FunctionNode, state: ShellState, context: Context): void {
  state.functions.set(node.name.value, { node, frame: context.frame });
}

/** Calls a function of the line: its body runs here, with the arguments as `$1` … */
export function callFunction(
  shell: Shell,
  name: string,
  defined: DefinedFunction | 'unknown',
  args: readonly Field[],
  call: Command,
  state: ShellState,
  context: Context,
): Flow {
  const span = shell.span(call, context);
  if (defined === 'unknown') {
    shell.report.opaque();
    shell.doubt('shell.function', say('{0} is defined in more than one way', name), span);
    return noFlow;
  }
  const earlier = context.calling.find((call) => call.name === name);
  if (earlier) {
    if (context.forks > earlier.forks) reportForkBomb(shell, name, span);
    else shell.doubt('shell.recursion', say('{0} calls itself', name), span);
    return noFlow;
  }
  shell.uncalled.delete(defined.node);
  const positional = state.positional;
  state.positional = args;
  const { pos, end } = defined.node.body;
  const inner: Context = {
    ...context,
    frame: defined.frame,
    depth: context.depth + 1,
    calling: [...context.calling, { name, forks: context.forks }],
  };
  const flow = shell.walkScript(
    { type: 'Script', pos, end, shebang: undefined, commands: bodyOf(defined.node) },
    state,
    inner,
  );
  state.positional = positional;
  return flow;
}

function bodyOf({ body }: FunctionNode): Parameters<Shell['walkScript']>[0]['commands'] {
  if (body.type === 'CompoundList') return body.commands;
  return [{ type: 'Statement', pos: body.pos, end: body.end, command: body, background: undefined }];
}

/** A function that starts itself more than once, or in the background, fills the machine with processes (rule R24). */
export function checkForkBomb(shell: Shell, node: FunctionNode, context: Context): void {
  const name = node.name.value;
  let bomb = false;
  const calls = (inner: SyntaxNode): number => {
    let count = inner.type === 'Command' && inner.name?.value === name ? 1 : 0;
    forEachChild(inner, (child) => {
      count += calls(child);
    });
    return count;
  };
  const visit = (inner: SyntaxNode): void => {
    shell.spend();
    if (inner.type === 'Pipeline' && inner.commands.length > 1 && calls(inner) > 0) bomb = true;
    if (inner.type === 'Statement' && inner.background && calls(inner) > 0) bomb = true;
    forEachChild(inner, visit);
  };
  visit(node.body);
  if (bomb) reportForkBomb(shell, name, shell.span(node, context));
}

function reportForkBomb(shell: Shell, name: string, span: Span): void {
  shell.report.critical(
    'critical.fork-bomb',
    say('{0} starts itself again and again until the machine stands still', name),
    true,
    span,
  );
}
