import { say } from '../../../../../say';
import { mixTaints, unknownPiece } from '../../../shell/field';
import { type Call, taintOfCall } from '../call';
import { callValue } from '../functions';
import { isRiskyMethod, libraryCall } from '../library';
import type { Reading } from '../reading';
import { release } from '../release';
import { constantText, object, taintOfValue, type Value } from '../value';

/** Methods of objects that nothing is known of: those that would have an effect on most objects are a doubt. */
export function callObjectMethod(reading: Reading, of: Value & { kind: 'object' }, name: string, call: Call): Value {
  const result = object(
    `${of.of}.${name}()`,
    mixTaints(of.taint, taintOfCall(call)),
    of.as === 'text' && /^(?:strip|[lr]strip|lower|upper|replace|decode|encode|join|format)$/.test(name)
      ? 'text'
      : 'any',
  );
  if (isRiskyMethod(name)) risk(reading, of, name, call);
  if (name === 'connect' || name === 'connect_ex') connectTo(reading, call);
  if (/^(?:split|rsplit|splitlines|readlines)$/.test(name) && call.args.length <= 2)
    return { kind: 'list', items: [], rest: object(`a part of ${of.of}`, of.taint, 'text') };
  // Something that was kept under a name, called with what it takes.
  if (name === '__call__') return callValue(reading, of, call);
  // A text that becomes another: what is put in is known.
  if (name === 'replace' && call.args.length >= 2) {
    const by = constantText(call.args[1]);
    if (by !== undefined) {
      const gap = unknownPiece('a text', 'any', mixTaints(taintOfValue(of), taintOfCall(call)));
      return { kind: 'text', pieces: by === '' ? [gap] : [gap, { type: 'text', text: by }, gap] };
    }
  }
  libraryCall(reading, `${of.of}.${name}`, call);
  return result;
}

function risk(reading: Reading, of: Value & { kind: 'object' }, name: string, call: Call): void {
  const [first] = call.args;
  switch (name) {
    case 'rename':
      // Tables rename their columns.
      if (
        call.args.length !== 1 ||
        !first ||
        first.kind === 'dict' ||
        first.kind === 'object' ||
        first.kind === 'function'
      )
        return;
      if (first.kind === 'text' && /^[\w ]*$/.test(constantText(first) ?? '/')) return;
      break;
    case 'kill':
    case 'terminate':
    case 'killpg':
    case 'send_signal':
      reading.sink.kill(of.of, reading.at(call));
      return;
    case 'link_to':
    case 'symlink_to':
    case 'hardlink_to':
      reading.doubt('command.links', say('the code makes a link'), call);
      return;
    case 'chmod':
    case 'lchmod':
    case 'chown':
      reading.doubt('command.permissions', say('the code changes permissions'), call);
      return;
    case 'unlink':
    case 'rmdir':
    case 'rmtree':
    case 'removedirs':
    case 'write_text':
    case 'write_bytes':
      break;
    default:
      for (const value of call.args) release(reading, value, call);
      reading.doubt('code.unknown-call', say('what {0} does is not known here', name), call);
      return;
  }
  reading.doubt('paths.unknown', say('which file {0} changes is not known', name), call);
}

/** Signals and databases connect to other things than addresses. */
function connectTo(reading: Reading, call: Call): void {
  const [first] = call.args;
  if (first?.kind !== 'list' || first.items.length !== 2) return;
  const [host, port] = first.items;
  if (host && (host.kind === 'text' || port?.kind === 'number')) reading.connect(host, 'send', taintOfCall(call), call);
}
