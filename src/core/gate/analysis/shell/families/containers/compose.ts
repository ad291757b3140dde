import { say } from '../../../../../say';
import { baseName } from '../../../../paths';
import { runProject } from '../../follow';
import { type Doing, listens, when } from '../doings';
import type { Act } from '../tool';

/** Looks at what the daemon keeps. */
export const daemon: Doing = {
  name: 'looks at the container daemon',
  run: ({ shell, invocation, context }) =>
    shell.report.effect('read', { type: 'process', what: 'the container daemon' }, invocation.span, context.certainty),
};

/** Volumes and images go with the containers. */
const loses: Doing = {
  name: 'loses',
  run: ({ shell, invocation, name }) =>
    shell.doubt('remote.destroys', say('{0} loses data or images as well', name), invocation.span),
};

/** Pulls images from a registry, as the project's files say. */
export const pulls: Doing = {
  name: 'pulls',
  run: ({ shell, invocation, context }) =>
    shell.report.effect(
      'fetch',
      { type: 'host', host: 'registry-1.docker.io', port: undefined },
      invocation.span,
      context.certainty,
    ),
};

/** What may be copied into a container and run there. */
const everything = [
  'shell',
  'python',
  'javascript',
  'ruby',
  'php',
  'perl',
  'rust',
  'go',
  'java',
  'native',
  'make',
] as const;

/** Files of one project may include each other under any name. */
const includable = /^(?:.*\.)?(?:docker|container)file(?:[.-].*)?$|\.(?:ya?ml|env)$|^\.env/i;

/**
 * Runs what the project's own files say: in scope as the session found them.
 * @param files names that are surely obeyed; whatever else may be included counts as soon as the session has changed it.
 */
export function runsFiles(...files: readonly string[]): Doing {
  return {
    name: `runs ${files[0] ?? ''}`,
    run({ shell, name, state, context, invocation }) {
      const obeyed = [...files];
      for (const [path, { state: now }] of shell.report.changes.all())
        if (now !== 'gone' && includable.test(baseName(path))) obeyed.push(baseName(path));
      runProject(shell, everything, obeyed, name, state, context, invocation.span);
    },
  };
}

const project = runsFiles(
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
  'Dockerfile',
);

/** `compose config` puts together the values of variables, those of `.env` too, unless it is asked for names only. */
const showsValues: Doing = {
  name: 'shows values',
  run({ shell, options, invocation, name }) {
    if (
      options.some(({ name: option }) =>
        /^(?:-q|--quiet|--services|--volumes|--images|--profiles|--hash)$/.test(option),
      )
    )
      return;
    shell.report.beyondLooking();
    shell.doubt(
      'secrets.environment',
      say('{0} puts out {1}, which may hold secrets', name, 'the values of variables'),
      invocation.span,
    );
  },
};

/** `docker compose …`, and `docker-compose …`: what the project's own file says, as the session found it. */
export const compose: Act = {
  options: {
    flag: '--dry-run --compatibility --all-resources',
    value: '-p --ansi --profile --project-name --progress --parallel',
    runs: '-f --file',
    looks: '--env-file',
    moves: '--project-directory',
  },
  commands: {
    ps: {
      options: {
        flag: '-a -q --all --quiet --services --no-trunc --orphans',
        value: '--filter --format --status',
      },
      does: [daemon],
    },
    'ls images top port version events stats volumes': {
      options: {
        flag: '-a -q --all --quiet --short --json --no-stream --no-trunc',
        value: '--filter --format --index --protocol',
      },
      does: [daemon],
    },
    logs: {
      options: {
        flag: '-f -t --follow --timestamps --no-color --no-log-prefix',
        value: '-n --since --tail --until --index',
      },
      does: [daemon],
    },
    config: {
      options: { flag: '-q --quiet --services --volumes --images --profiles', value: '--hash' },
      does: [showsValues, project],
    },
    up: {
      options: {
        flag: '-d -w -y --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --build --detach --force-recreate --menu --no-build --no-color --no-deps --no-log-prefix --no-recreate --no-start --quiet-build --quiet-pull --remove-orphans --timestamps --wait --watch --yes',
        value: '-t --attach --exit-code-from --no-attach --pull --scale --timeout --wait-timeout',
      },
      does: [project, pulls, listens],
    },
    build: {
      options: {
        flag: '-q --no-cache --pull --quiet --with-dependencies --check --force-rm --no-rm',
        value: '-m --build-arg --memory',
      },
      does: [project, pulls],
    },
    'start restart create': {
      options: {
        flag: '--build --no-build --force-recreate --no-recreate --no-deps --remove-orphans --wait',
        value: '-t --timeout --pull --scale --wait-timeout',
      },
      does: [project, pulls, listens],
    },
    pull: {
      options: { flag: '-q --quiet --ignore-buildable --ignore-pull-failures --include-deps', value: '--policy' },
      does: [project, pulls],
    },
    'stop pause unpause': { options: { value: '-t --timeout' }, does: [daemon] },
    down: {
      options: { flag: '-v --remove-orphans --volumes', value: '-t --rmi --timeout' },
      does: [daemon, when('-v --volumes --rmi', loses)],
    },
  },
};
