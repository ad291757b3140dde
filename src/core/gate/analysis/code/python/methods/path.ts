import { say } from '../../../../../say';
import { textPiece, unknownPiece } from '../../../shell/field';
import { argument, type Call, taintOfCall } from '../call';
import { libraryCall } from '../library';
import { globText, joinPaths, nameOfText, parentOfText } from '../pathTexts';
import { below, type Reading } from '../reading';
import { constant, constantText, list, nothing, object, piecesOf, text, truth, type Value } from '../value';

type Path = Value & { kind: 'path' };

const path = (pieces: Path['pieces']): Value => ({ kind: 'path', pieces });

/** Attributes of a path that are no methods. */
export function pathAttribute(of: Path, name: string): Value | undefined {
  switch (name) {
    case 'parent':
      return path(parentOfText(of.pieces, true));
    case 'name':
    case 'basename':
      return text(nameOfText(of.pieces));
    case 'stem': {
      const base = constantText(text(nameOfText(of.pieces)));
      return base === undefined
        ? object('the name of a file', undefined, 'text')
        : constant(base.replace(/(?<=.)\.[^.]*$/, ''));
    }
    case 'suffix': {
      const base = constantText(text(nameOfText(of.pieces)));
      return base === undefined
        ? object('the ending of a file', undefined, 'text')
        : constant(/(?<=.)\.[^.]*$/.exec(base)?.[0] ?? '');
    }
    case 'parts':
    case 'suffixes':
      return list([], object('a part of a path', undefined, 'text'));
    case 'parents': {
      const parents: Value[] = [];
      let pieces = of.pieces;
      for (let count = 0; count < 6; count += 1) {
        pieces = parentOfText(pieces, true);
        parents.push(path(pieces));
      }
      return list(parents);
    }
    case 'root':
    case 'anchor':
    case 'drive':
      return object(name, undefined, 'text');
    case 'strpath':
      return text(of.pieces);
    default:
      return undefined;
  }
}

/** Methods of `pathlib.Path`, and of the like that test frameworks give. */
export function callPathMethod(reading: Reading, of: Path, name: string, call: Call): Value {
  const [first] = call.args;
  const content = (): Value => text([unknownPiece('the content of a file', 'any', reading.read(of, call))]);
  switch (name) {
    case 'read_text':
    case 'read_bytes':
    case 'read':
      return content();
    case 'readlines':
      return list([], content());
    case 'open':
      return reading.open(of, argument(call, 0, 'mode'), call);
    case 'write_text':
    case 'write_bytes':
    case 'write': {
      const given = argument(call, 0, 'data');
      reading.write(
        of,
        'replace',
        given ? (given.kind === 'any' ? given.of.flatMap(piecesOf) : piecesOf(given)) : undefined,
        call,
      );
      return nothing;
    }
    case 'touch':
      reading.write(of, 'append', [], call);
      return nothing;
    case 'mkdir':
      reading.write(of, 'folder', undefined, call);
      return first ? path(joinPaths(of.pieces, piecesOf(first))) : of;
    case 'ensure':
    case 'join':
    case 'joinpath': {
      let pieces = of.pieces;
      for (const part of call.args) pieces = joinPaths(pieces, piecesOf(part));
      if (call.more) pieces = joinPaths(pieces, piecesOf(object('a path')));
      return path(pieces);
    }
    case 'unlink':
      reading.remove(of, false, call);
      return nothing;
    case 'rmdir':
      reading.remove(of, false, call);
      return nothing;
    case 'remove':
      reading.remove(of, true, call);
      return nothing;
    case 'rename':
    case 'replace': {
      const target = first ?? object('a path');
      const taint = reading.read(of, call);
      reading.write(target, 'replace', [unknownPiece('a moved file', 'any', taint)], call);
      reading.remove(of, false, call);
      return path(piecesOf(target));
    }
    case 'copy':
    case 'copy_into':
    case 'move':
    case 'move_into': {
      const taint = reading.read(of, call, true);
      reading.write(first ?? object('a path'), 'replace', [unknownPiece('a copied file', 'any', taint)], call);
      if (name.startsWith('move')) reading.remove(of, true, call);
      return path(piecesOf(first ?? object('a path')));
    }
    case 'symlink_to':
    case 'hardlink_to':
    case 'link_to':
    case 'mksymlinkto':
      reading.doubt('command.links', say('the code makes a link'), call);
      return nothing;
    case 'chmod':
    case 'lchmod':
      reading.doubt('command.permissions', say('the code changes permissions'), call);
      return nothing;
    case 'iterdir':
    case 'listdir':
      reading.look(of, call);
      return list([], path(joinPaths(of.pieces, [below])));
    case 'glob':
    case 'rglob': {
      reading.look(of, call, true);
      const pattern = first ? globText(piecesOf(first)) : [below];
      const deep = joinPaths(of.pieces, [below]);
      return list(
        [],
        path(
          name === 'rglob'
            ? pattern.some((piece) => piece.type === 'unknown' && piece !== below)
              ? joinPaths(of.pieces, pattern)
              : deep
            : joinPaths(of.pieces, pattern),
        ),
      );
    }
    case 'walk':
      reading.look(of, call, true);
      return list(
        [],
        list([path([...of.pieces, textPiece('/'), below]), list([], text([below])), list([], text([below]))]),
      );
    case 'exists':
    case 'is_file':
    case 'is_dir':
    case 'is_symlink':
    case 'stat':
    case 'lstat':
    case 'owner':
    case 'group':
    case 'readlink':
    case 'samefile':
    case 'is_mount':
    case 'isfile':
    case 'isdir':
    case 'check':
      reading.look(of, call);
      return object(`a file's ${name}`);
    case 'resolve':
    case 'absolute':
    case 'realpath':
      return of;
    case 'expanduser':
      return path(expandedHome(of.pieces, reading.source.home));
    case 'as_posix':
    case 'as_uri':
    case '__str__':
    case '__fspath__':
      return text(of.pieces);
    case 'with_name': {
      const parent = parentOfText(of.pieces, false);
      return path(joinPaths(parent, first ? piecesOf(first) : []));
    }
    case 'with_suffix':
    case 'with_stem': {
      const whole = constantText(text(of.pieces));
      const ending = constantText(first);
      if (whole !== undefined && ending !== undefined)
        return path(
          piecesOf(
            constant(
              name === 'with_suffix'
                ? whole.replace(/(?<=[^/])\.[^./]*$/, '') + ending
                : whole.replace(/[^/]*?(\.[^./]*)?$/, `${ending}$1`),
            ),
          ),
        );
      return path([...parentOfText(of.pieces, false), textPiece('/'), { type: 'glob', pattern: '*' }]);
    }
    case 'relative_to':
      return path(of.pieces.includes(below) ? [below] : [unknownPiece('a relative path', 'any')]);
    case 'is_absolute':
    case 'is_relative_to':
    case 'match':
    case 'full_match':
      return truth;
    case 'home':
    case 'cwd':
      return path(name === 'home' ? [textPiece(reading.source.home)] : [textPiece('.')]);
    default:
      libraryCall(reading, name, call);
      reading.hand(of.pieces, call);
      return object(`a path's ${name}`, taintOfCall(call));
  }
}

/** `~` becomes the home folder, wherever that is. */
export function expandedHome(pieces: Path['pieces'], home: string): Path['pieces'] {
  const [head, ...rest] = pieces;
  if (head?.type !== 'text') return pieces;
  const tilde = /^~[^/]*/.exec(head.text)?.[0];
  if (tilde === undefined) return pieces;
  const folder = tilde === '~' ? textPiece(home) : unknownPiece('the home folder', 'nonempty');
  return [folder, textPiece(head.text.slice(tilde.length)), ...rest];
}
