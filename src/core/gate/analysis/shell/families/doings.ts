import { type Said, say } from '../../../../say';
import type { Code } from '../../code/language';
import { judgeRead, judgeWrite } from '../../scope';
import { runWords } from '../command';
import { constantOf, describeField } from '../field';
import { runProject } from '../follow';
import { judgeField } from '../paths';
import { copyState } from '../state';
import type { Doings } from './tool';

/** Something a command does beyond what its options and operands say: an effect, in scope or not. */
export interface Doing {
  /** For the test that takes each away. */
  readonly name: string;
  run(at: Doings): void;
}

const from = ({ context }: Doings) => ({ span: undefined, certainty: context.certainty }) as const;

/**
 * Runs the project's own code: its tests, its build, its scripts. In scope as it was when the session began; what the session
 * changed counts as far as it was judged.
 * @param code what the program loads: files of these languages that the session changed are looked at.
 * @param files names, below the working folder, of what it surely obeys: the approval is bound to their bytes.
 */
export function runs(code: readonly Code[], ...files: readonly string[]): Doing {
  return {
    name: `runs ${code.join(' ')}`,
    run: (at) => runProject(at.shell, code, files, at.name, at.state, at.context, at.invocation.span),
  };
}

/** Makes or changes files below the working folder: named ones, or anywhere in it (`.`) as formatters and builds do. */
export function makes(...paths: readonly string[]): Doing {
  return {
    name: `makes ${paths.join(' ')}`,
    run(at) {
      for (const folder of at.state.cwd ?? [])
        for (const path of paths) {
          if (path === '.') {
            judgeRead(at.shell.report, folder, from(at), 'look', true);
            at.shell.report.effect(
              'write',
              { type: 'path', path: folder, real: folder, recursive: true },
              at.invocation.span,
              'possible',
            );
            if (!inScope(at, folder)) judgeWrite(at.shell.report, folder, from(at), 'folder');
          } else
            judgeWrite(
              at.shell.report,
              `${folder}/${path}`,
              { span: at.invocation.span, certainty: 'possible' },
              'folder',
            );
        }
      if (!at.state.cwd)
        at.shell.doubt('paths.unknown', say('in which folder {0} works is not known', at.name), at.invocation.span);
    },
  };
}

function inScope({ shell }: Doings, folder: string): boolean {
  const { workspace, scratch } = shell.report.world.place;
  return [...workspace, ...(scratch === undefined ? [] : [scratch])].some(
    (each) => folder === each || folder.startsWith(`${each}/`),
  );
}

/** Rewrites the files it is given in place, those of the working folder when it is given none: `--fix`, `--write`. */
export const changesOperands: Doing = {
  name: 'changes operands',
  run(at) {
    if (at.operands.length === 0) makes('.').run(at);
    for (const field of at.operands)
      judgeField(
        at.shell,
        field,
        at.state,
        at.context,
        (path, origin) => judgeWrite(at.shell.report, path, origin, 'append'),
        'write',
      );
  },
};

/** Looks through the working folder. */
export function looksHere(depth: 'look' | 'content' = 'content'): Doing {
  return {
    name: 'looks here',
    run(at) {
      for (const folder of at.state.cwd ?? []) judgeRead(at.shell.report, folder, from(at), depth, 'unlinked', false);
      if (!at.state.cwd)
        at.shell.doubt('paths.unknown', say('in which folder {0} looks is not known', at.name), at.invocation.span);
    },
  };
}

/** Asks a service of others for something and sends it nothing but the question: in scope while the session holds no secret. */
export function asks(service: string): Doing {
  return {
    name: `asks ${service}`,
    run(at) {
      at.shell.report.effect(
        'fetch',
        { type: 'host', host: service, port: undefined },
        at.invocation.span,
        at.context.certainty,
      );
      if (at.invocation.words.some(({ pieces }) => pieces.some((piece) => piece.type === 'unknown' && piece.secret)))
        at.shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', at.name), at.invocation.span);
      else if (at.shell.report.world.past.secret !== undefined)
        at.shell.doubt(
          'secrets.session',
          say('a secret was read earlier ({0}), so that what goes out is looked at', at.shell.report.world.past.secret),
          at.invocation.span,
        );
      else if (
        at.operands.some((field) => constantOf(field) === undefined) ||
        at.options.some(({ value }) => value && constantOf(value) === undefined)
      )
        at.shell.doubt(
          'network.unknown',
          say('what {0} sends to {1} is not known in full', at.name, service),
          at.invocation.span,
        );
    },
  };
}

/** A plain name of a package, with a version: no URL, no path, no repository, no archive. */
const plainPackage =
  /^(?:@[a-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*(?:\[[\w,.-]+\])?(?:@(?:[\^~]?\d[\w.+-]*|latest|next|none|lts|beta|alpha|rc|canary)|(?:[=<>!~]=|[<>])\d[\w.*+-]*(?:,(?:[=<>!~]=|[<>])\d[\w.*+-]*)*)?$/;

/**
 * Installs packages from the default registry into the project (design section 5): what the lock file or the manifest names, or
 * plain names. URLs, git sources and local archives are a doubt.
 * @param local operands that name the project itself or a part of it (`.`, `./packages/a`, `-e .`) are in scope.
 */
export function installs(registry: string, local: 'local' | 'names' = 'names'): Doing {
  return {
    name: `installs ${registry}`,
    run(at) {
      const { shell, invocation, context } = at;
      shell.report.effect(
        'fetch',
        { type: 'host', host: registry, port: undefined },
        invocation.span,
        context.certainty,
      );
      for (const field of at.operands) {
        const text = constantOf(field);
        if (text !== undefined && plainPackage.test(text)) continue;
        if (text !== undefined && local === 'local' && isPartOfProject(at, text)) continue;
        shell.doubt('packages.source', say('{0} is not the plain name of a package', describeField(field)), field.span);
      }
      if (shell.report.world.past.secret !== undefined)
        shell.doubt(
          'secrets.session',
          say('a secret was read earlier ({0}), so that what goes out is looked at', shell.report.world.past.secret),
          invocation.span,
        );
    },
  };
}

function isPartOfProject(at: Doings, text: string): boolean {
  const path = text.replace(/\[[\w,.-]*\]$/, '');
  if (!/^\.{0,2}(?:\/|$)|^[\w.-]+\//.test(path) || /^[a-z+]+:/i.test(path)) return false;
  return (at.state.cwd ?? ['']).every((folder) => {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return inScope(at, `/${parts.join('/')}`);
  });
}

/** Changes state elsewhere: a cloud, a cluster, a database, a registry, a forge. Never decided here. */
export function remote(what: string): Doing {
  return {
    name: `remote ${what}`,
    run(at) {
      at.shell.report.effect('remote', { type: 'unknown', what }, at.invocation.span, at.context.certainty);
      at.shell.doubt('command.remote', say('{0} changes {1}', at.name, what), at.invocation.span);
    },
  };
}

/** Sends data away: an upload, a push, a message. */
export function sends(what: string): Doing {
  return {
    name: `sends ${what}`,
    run(at) {
      at.shell.report.effect('send', { type: 'unknown', what }, at.invocation.span, at.context.certainty);
      const secret =
        at.context.stdin.secret ||
        at.invocation.words.some(({ pieces }) => pieces.some((piece) => piece.type === 'unknown' && piece.secret));
      if (secret)
        at.shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', at.name), at.invocation.span);
      at.shell.doubt('network.reach', say('{0} sends something out of the machine', at.name), at.invocation.span);
    },
  };
}

/** Lasts longer than the session: services, schedules, start-up. */
export const persists: Doing = {
  name: 'persists',
  run(at) {
    at.shell.report.effect('persist', { type: 'program', name: at.name }, at.invocation.span, at.context.certainty);
    at.shell.doubt('command.persists', say('{0} makes something run later or for longer', at.name), at.invocation.span);
  },
};

/** Opens a port. */
export const listens: Doing = {
  name: 'listens',
  run(at) {
    at.shell.report.effect('listen', { type: 'program', name: at.name }, at.invocation.span, at.context.certainty);
  },
};

/** Changes something outside the workspace: programs for the whole machine or user, caches, global settings. */
export function outside(what: string): Doing {
  return {
    name: `outside ${what}`,
    run(at) {
      at.shell.report.effect('write', { type: 'unknown', what }, at.invocation.span, at.context.certainty);
      at.shell.doubt(
        'paths.outside-write',
        say('{0} changes {1}, outside the workspace', at.name, what),
        at.invocation.span,
      );
    },
  };
}

/** Anything else that cannot be decided here. */
export function doubts(rule: string, reason: Said): Doing {
  return { name: `doubts ${rule}`, run: (at) => at.shell.doubt(rule, reason, at.invocation.span) };
}

/** Harmful whatever the task. */
export function harms(rule: string, reason: Said): Doing {
  return { name: `harms ${rule}`, run: (at) => at.shell.report.harm(rule, reason, at.invocation.span) };
}

/** Reads something that may be secret, so that it comes out: the doubt, and the taint by `output`. */
export function reveals(what: string): Doing {
  return {
    name: `reveals ${what}`,
    run(at) {
      at.shell.report.beyondLooking();
      at.shell.doubt(
        'secrets.environment',
        say('{0} puts out {1}, which may hold secrets', at.name, what),
        at.invocation.span,
      );
    },
  };
}

/** @param options names separated by blanks; the doings happen when one of them is given. */
export function when(options: string, ...doings: readonly Doing[]): Doing {
  const names = new Set(options.split(' '));
  return {
    name: `when ${options}: ${doings.map(({ name }) => name).join(', ')}`,
    run(at) {
      if (at.options.some(({ name }) => names.has(name))) for (const doing of doings) doing.run(at);
    },
  };
}

/** The doings happen unless one of the options is given. */
export function unless(options: string, ...doings: readonly Doing[]): Doing {
  const names = new Set(options.split(' '));
  return {
    name: `unless ${options}: ${doings.map(({ name }) => name).join(', ')}`,
    run(at) {
      if (!at.options.some(({ name }) => names.has(name))) for (const doing of doings) doing.run(at);
    },
  };
}

/** The doings happen when there are operands (`some`), or none. */
export function given(operands: 'some' | 'none', ...doings: readonly Doing[]): Doing {
  return {
    name: `given ${operands}: ${doings.map(({ name }) => name).join(', ')}`,
    run(at) {
      if (at.operands.length > 0 === (operands === 'some')) for (const doing of doings) doing.run(at);
    },
  };
}

/** Starts the program that the operands name, which is judged as if it stood there by itself (rule R9). */
export const wraps: Doing = {
  name: 'wraps',
  run({ shell, invocation, operands, state, context, name }) {
    if (operands.length > 0)
      runWords(
        shell,
        operands,
        invocation.node,
        invocation.span,
        { ...copyState(state), functions: new Map() },
        {
          ...context,
          through: [...context.through, name],
        },
      );
  },
};

/** The same, but a program that is not known here may be one that is fetched first (rule R28). */
export const wrapsInstalled: Doing = {
  name: 'wraps installed',
  run(at) {
    const [first] = at.operands;
    const name = first && constantOf(first);
    if (!first) return;
    if (name === undefined || !/^[a-z][\w.-]*$/i.test(name) || !at.shell.families.find(name)) {
      at.shell.report.effect(
        'fetch',
        { type: 'unknown', what: describeField(first) },
        first.span,
        at.context.certainty,
      );
      at.shell.doubt('packages.run', say('{0} may fetch {1} and run it', at.name, describeField(first)), first.span);
    } else {
      // Where it is not installed after all, it is fetched.
      at.shell.report.effect(
        'fetch',
        { type: 'host', host: 'registry.npmjs.org', port: undefined },
        first.span,
        'possible',
      );
      wraps.run(at);
    }
  },
};
