import type { HereDoc, Redirect, Redirection } from 'unbash';
import { assertNever } from '../../../assertNever';
import { say } from '../../../say';
import { foldPath, locate } from '../../paths';
import { judgeLoss } from '../loss';
import { judgeWrite } from '../scope';
import { checkInfluence } from './assignments';
import { constantOf, describeField, mixTaints, taintOf, unknownPiece } from './field';
import { judgeField, readField } from './paths';
import { type Context, type Flow, noFlow, type Shell, someFlow } from './shell';
import { type ShellState, scalar } from './state';
import { expandPart, expandValue, expandWord } from './words';

/** What redirections make of a command's input and output. */
export interface Redirected {
  readonly stdin: Flow;
  /** What is left of the output for whoever comes after. */
  output(own: Flow): Flow;
}

/** Judges every redirection (rule R13), in order, before the command itself runs. */
export function applyRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  state: ShellState,
  context: Context,
): Redirected {
  let stdin = context.stdin;
  let taken = false;
  const written: { path: string; replaced: boolean }[] = [];
  for (const redirection of redirections) {
    shell.spend();
    if (redirection.descriptor?.type === 'FileDescriptorVariable') {
      const { name } = redirection.descriptor;
      checkInfluence(shell, name, shell.span(redirection, context));
      state.variables.set(name, scalar(unknownPiece(`$${name}`, 'integer')));
    }
    switch (redirection.type) {
      case 'HereString': {
        const pieces = redirection.target ? expandValue(shell, redirection.target, state, context) : [];
        const text = constantOf({ pieces, many: false });
        stdin = { ...someFlow, text: text === undefined ? undefined : `${text}\n`, ...taintOf(pieces) };
        break;
      }
      case 'HereDoc':
        stdin = hereDocument(shell, redirection, state, context);
        break;
      case 'Redirect': {
        const result = redirect(shell, redirection, state, context);
        if (result.stdin) stdin = result.stdin;
        if (result.takesOutput) {
          taken = true;
          const replaced = redirection.operator !== '>>' && redirection.operator !== '&>>';
          written.push(...result.written.map((path) => ({ path, replaced })));
        }
        break;
      }
      default:
        assertNever(redirection);
    }
  }
  return {
    stdin,
    output(own) {
      if (!taken) return own;
      for (const { path, replaced } of written) recordOutput(shell, path, replaced, own);
      return { ...noFlow, text: '' };
    },
  };
}

/**
 * What a file holds after a command's output went there. What is fetched into a file and then run is the network being run; what
 * is secret goes on being secret in a file.
 */
export function recordOutput(shell: Shell, path: string, replaced: boolean, output: Flow): void {
  const found = locate(path, shell.report.world.facts);
  if (!found.ok) return;
  const { text, secret, network } = output;
  if (network) shell.fetched.add(foldPath(path));
  if (replaced) shell.report.changes.write(found.at.real, { text, secret, network });
  else shell.report.changes.append(found.at.real, { text, secret, network });
}

/** A quoted delimiter keeps the text as it is; otherwise expansions in it run. */
function hereDocument(shell: Shell, node: HereDoc, state: ShellState, context: Context): Flow {
  if (!node.closing) {
    shell.report.opaque();
    shell.doubt('shell.parse', say('a here-document is not closed'), shell.span(node, context));
  }
  const strip = node.operator === '<<-';
  if (node.delimiter?.quoted || !node.body.parts) {
    const text = node.delimiter?.quoted ? node.body.text : unescapeBody(node.body.text);
    return { ...someFlow, text: strip ? text.replace(/^\t+/gm, '') : text };
  }
  const pieces = node.body.parts.flatMap((part) => expandPart(shell, part, state, context, true));
  const text = constantOf({ pieces, many: false });
  return { ...someFlow, text: strip ? text?.replace(/^\t+/gm, '') : text, ...taintOf(pieces) };
}

function unescapeBody(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\$`])/g, '$1').replace(/\\\n/g, '') : text;
}

interface Effectual {
  readonly stdin?: Flow;
  readonly takesOutput: boolean;
  readonly written: readonly string[];
}

const nothing: Effectual = { takesOutput: false, written: [] };

function redirect(shell: Shell, node: Redirect, state: ShellState, context: Context): Effectual {
  if (!node.target) {
    shell.report.opaque();
    shell.doubt('shell.parse', say('a redirection has no target'), shell.span(node, context));
    return nothing;
  }
  const fields = expandWord(shell, node.target, state, context);
  const [field, ...more] = fields;
  if (!field || more.length > 0) {
    shell.doubt('paths.unknown', say('a redirection to none or several places'), shell.span(node, context));
    return nothing;
  }
  const text = constantOf(field);
  const toDescriptor = node.operator === '>&' || node.operator === '<&';
  if (toDescriptor && text !== undefined && /^(?:\d+-?|-)$/.test(text))
    return {
      takesOutput: node.operator === '>&' && text !== '1' && (node.descriptor === undefined || isStdout(node)),
      written: [],
    };
  if (networkDevice(shell, field, node, context))
    return { ...nothing, stdin: { ...someFlow, network: true }, takesOutput: true };
  switch (node.operator) {
    case '<':
    case '<&':
      return { ...nothing, stdin: readFrom(shell, field, state, context) };
    case '<>':
      writeOutput(shell, field, state, context, 'append');
      return { ...nothing, stdin: readFrom(shell, field, state, context) };
    case '>>':
    case '&>>':
      return { takesOutput: takesStdout(node), written: writeOutput(shell, field, state, context, 'append') };
    case '>':
    case '>|':
    case '>&':
    case '&>':
      return { takesOutput: takesStdout(node), written: writeOutput(shell, field, state, context, 'replace') };
    default:
      return assertNever(node.operator);
  }
}

function isStdout({ descriptor }: Redirect): boolean {
  return descriptor?.type === 'FileDescriptor' && descriptor.value === 1;
}

function takesStdout(node: Redirect): boolean {
  return node.descriptor === undefined || isStdout(node);
}

type RedirectField = ReturnType<typeof expandWord>[number];

function readFrom(shell: Shell, field: RedirectField, state: ShellState, context: Context): Flow {
  return { ...someFlow, ...mixTaints(taintOf(field.pieces), readField(shell, field, state, context)) };
}

/** Judges a file that output goes to, by `>` or by `tee`. @returns the paths. */
export function writeOutput(
  shell: Shell,
  field: RedirectField,
  state: ShellState,
  context: Context,
  writing: 'append' | 'replace',
): readonly string[] {
  // Writing into `>(command)`: what the command does has been walked.
  if (field.pieces.some((piece) => piece.type === 'unknown' && piece.what.startsWith('>('))) return [];
  return judgeField(
    shell,
    field,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, writing);
      // `>` empties a file that exists; nobody has seen it as the Write tool would have made sure of.
      if (at && writing === 'replace') judgeLoss(shell.report, at, from, false, 'overwrites');
      return path;
    },
    'write',
  );
}

/** `/dev/tcp/host/port` is a connection that the shell opens by itself. */
function networkDevice(shell: Shell, field: RedirectField, node: Redirect, context: Context): boolean {
  const text = describeField(field);
  const match = /^\/+dev\/+(tcp|udp)\/+([^/]*)(?:\/+(.*))?$/.exec(text.replace(/\/\.(?=\/)/g, ''));
  if (!match) return false;
  const span = shell.span(node, context);
  const host = match[2] ?? '';
  const port = Number(match[3]);
  shell.report.effect(
    'send',
    { type: 'host', host, port: Number.isInteger(port) ? port : undefined },
    span,
    context.certainty,
  );
  const here = /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host);
  shell.doubt('network.device', say('it opens a connection to {0} by itself', host), span);
  if (!here) shell.connections.push(span);
  return true;
}
