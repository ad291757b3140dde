import { say } from '../../../../../say';
import { constantOf, describeField } from '../../field';
import { type Doing, doubts, ends, listens, outside, raises, runs, sends, when } from '../doings';
import { type Act, tool } from '../tool';
import { changesState, hands, looksAt, mounts, runsInside, undecided } from './acts';

const daemon = looksAt('the container daemon');
const state = changesState('what the container daemon keeps', false);
const loses = changesState('what the container daemon keeps', true);
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

/** Pulls images from a registry, as the project's files say. */
const pulls: Doing = {
  name: 'pulls',
  run: ({ shell, invocation, context }) =>
    shell.report.effect(
      'fetch',
      { type: 'host', host: 'registry-1.docker.io', port: undefined },
      invocation.span,
      context.certainty,
    ),
};

const filters = '-f --filter --format';
const look: Act = { operands: 'data', does: [daemon] };
const list: Act = {
  options: {
    flag: '-a -q --all --quiet --no-trunc --digests -s --size -l --latest --tree',
    value: `${filters} -n --last`,
  },
  does: [daemon],
};
const inspect: Act = { options: { flag: '-s --size -v --verbose', value: '-f --format --type' }, does: [daemon] };
const logs: Act = {
  options: { flag: '-f -t --follow --timestamps --details', value: '-n --since --tail --until' },
  does: [daemon],
};
const stats: Act = { options: { flag: '-a --all --no-stream --no-trunc', value: '--format' }, does: [daemon] };
const top: Act = { options: { flag: '-e -f -x', value: '-o' }, does: [daemon] };
const history: Act = { options: { flag: '-q -H --no-trunc --human --quiet', value: '--format' }, does: [daemon] };

/** The folder that is built from: in the workspace, and no address. */
const context: Doing = {
  name: 'context',
  run({ shell, operands, invocation, name }) {
    const [only, ...more] = operands;
    const text = only && constantOf(only);
    if (
      text === undefined ||
      more.length > 0 ||
      text === '-' ||
      /:\/\/|^git@|^[\w.-]+\.\w+\/[\w.-]+\/|^github\.com/.test(text)
    )
      shell.doubt(
        'packages.source',
        say('what {0} builds is not a folder of the workspace', name),
        only?.span ?? invocation.span,
      );
  },
};

const build: Act = {
  options: {
    flag: '-q --no-cache --pull --quiet --rm --force-rm --load --squash --compress',
    value: '-t --build-arg --label --platform --progress --tag --target -m --memory --shm-size --ulimit --cpu-shares',
    runs: '-f --file',
    writes: '--iidfile --metadata-file',
  },
  operands: 'tree',
  does: [context, runs(everything, 'Dockerfile', 'Containerfile', '.dockerignore'), pulls],
};

const runOptions = {
  flag: '-d -i -t -P --detach --init --interactive --no-healthcheck --publish-all --quiet -q --read-only --rm --sig-proxy --tty --oom-kill-disable',
  value:
    '-a -c -e -h -l -m -p -u -v -w --add-host --annotation --attach --cap-add --cap-drop --cgroupns --cidfile --cpus --cpuset-cpus --device --dns --entrypoint --env --env-file --expose --gpus --group-add --health-cmd --hostname --ip --ipc --label --link --log-driver --log-opt --mac-address --memory --mount --name --net --network --network-alias --pid --platform --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --sysctl --tmpfs --ulimit --user --userns --uts --volume --volumes-from --workdir',
};

/** Rights over this machine that a container does not have by itself. */
const rights: Doing = {
  name: 'rights',
  run(at) {
    const strong = at.invocation.args.some((field) =>
      /^--(?:privileged|cap-add|device|security-opt|userns|runtime)(?:=|$)|^--(?:pid|net|network|ipc|uts|cgroupns)=host$/.test(
        describeField(field),
      ),
    );
    const host = at.options.some(
      ({ name, value }) =>
        /^--(?:pid|net|network|ipc|uts|userns)$/.test(name) &&
        constantOf(value ?? { pieces: [], many: false }) === 'host',
    );
    if (strong || host) raises.run(at);
  },
};

const run: Act = {
  reading: { stopAtOperand: true },
  options: runOptions,
  does: [mounts, rights, runsInside, doubts('containers.image', say('it runs an image whose content is not known'))],
};
const exec: Act = {
  reading: { stopAtOperand: true },
  options: {
    flag: '-d -i -t -T --detach --interactive --tty --privileged',
    value: '-e -u -w --env --env-file --user --workdir --detach-keys --index',
  },
  does: [runsInside, doubts('containers.exec', say('it runs something in a container, which is not looked at'))],
};

const gone = undecided(loses);
const changed = undecided(state);
const stopped = undecided(ends('containers'));
const sent = undecided(sends('images'));
const fetched = undecided(doubts('containers.image', say('it fetches an image whose content is not known')));
const copied = undecided(mountsOut());
const signed = undecided(outside('credentials of a registry'));

function mountsOut(): Doing {
  return doubts('containers.copy', say('it copies between this machine and a container'));
}

const container: Act = {
  commands: {
    'ls ps list': list,
    logs,
    inspect,
    top,
    stats,
    'port diff': look,
    run,
    exec,
    'rm prune': gone,
    'stop kill restart pause unpause start wait attach': stopped,
    'rename update commit create export': changed,
    cp: copied,
  },
};

const composeFile = {
  flag: '--ansi --dry-run --compatibility --all-resources',
  value: '-p --profile --project-name --progress --parallel',
  runs: '-f --file',
  looks: '--env-file',
  moves: '--project-directory',
};
const composeFiles = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'Dockerfile',
] as const;
const project = runs(everything, ...composeFiles);

/** `docker compose …`, and `docker-compose …`: what the project's own file says, as the session found it. */
export const compose: Act = {
  options: composeFile,
  commands: {
    ps: {
      options: { flag: '-a -q --all --quiet --services --no-trunc --orphans', value: '--filter --format --status' },
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
      options: { flag: '-q --quiet --services --volumes --images --profiles --hash' },
      does: [
        {
          name: 'shows',
          run: ({ shell, options, invocation, name }) => {
            if (!options.some(({ name: option }) => option !== '-f' && option !== '--file'))
              shell.doubt(
                'secrets.environment',
                say('{0} puts out {1}, which may hold secrets', name, 'the values of variables'),
                invocation.span,
              );
          },
        },
        project,
      ],
    },
    up: {
      options: {
        flag: '-d --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --build --detach --force-recreate --menu --no-attach --no-build --no-color --no-deps --no-log-prefix --no-recreate --no-start --quiet-build --quiet-pull --remove-orphans --timestamps --wait --watch -w -y --yes',
        value: '-t --attach --exit-code-from --pull --scale --timeout --wait-timeout',
      },
      does: [project, pulls, listens],
    },
    build: {
      options: {
        flag: '-q --no-cache --pull --quiet --with-dependencies --check --force-rm --no-rm',
        value: '-m --build-arg --memory --progress',
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
      options: { flag: '-q --quiet --ignore-buildable --ignore-pull-failures --include-deps --policy' },
      does: [project, pulls],
    },
    'stop pause unpause': { options: { value: '-t --timeout' }, does: [daemon] },
    down: {
      options: { flag: '-v --remove-orphans --volumes', value: '-t --rmi --timeout' },
      does: [daemon, when('-v --volumes --rmi', loses)],
    },
    run: {
      reading: { stopAtOperand: true },
      options: runOptions,
      does: [
        mounts,
        rights,
        runsInside,
        doubts('containers.exec', say('it runs something in a container, which is not looked at')),
      ],
    },
    exec,
    'rm kill': gone,
    cp: copied,
    push: sent,
    'attach wait watch publish commit export scale': changed,
  },
};

const lookExamples = [
  'ps',
  'ps -aq --no-trunc --filter name=x --format json',
  'images -a',
  'image ls --digests',
  'logs -f -t --tail 50 --since 1h web',
  'inspect -f x -s web',
];

export const docker = tool({
  programs: ['docker', 'podman', 'nerdctl'],
  match: [
    ...lookExamples.map((each) => `docker ${each}`),
    'docker ps --all --quiet -l --latest -n 3 --last 3 -s --size -f name=x',
    'docker images --tree',
    'docker image ls; docker image list',
    'docker image inspect --format x --type image web; docker image history -q -H --no-trunc --human --quiet --format x web',
    'docker history web',
    'docker logs --follow --timestamps --details -n 5 --until 1h web',
    'docker inspect --size -v --verbose --type container web',
    'docker version --format x; docker info -f x; docker version -f x',
    'docker stats -a --all --no-stream --no-trunc --format x',
    'docker top web -e -f -x -o pid',
    'docker port web; docker diff web; docker events --since 1h --until 1m --filter a=b --format x',
    'docker search --limit 5 --no-trunc --filter a=b --format x redis',
    'docker tag web:latest web:1',
    'docker container ls; docker container ps; docker container list; docker container logs web; docker container inspect web; docker container top web; docker container stats --no-stream; docker container port web; docker container diff web',
    'docker network ls; docker network list; docker network inspect x; docker volume ls; docker volume list; docker volume inspect x',
    'docker system df -v --verbose --format x; docker system info; docker system events',
    'docker context ls; docker context list; docker context show; docker context inspect',
    'docker buildx ls; docker buildx du; docker buildx inspect; docker buildx version; docker plugin ls; docker plugin list; docker plugin inspect x; docker manifest inspect x',
    'docker build -t web .',
    'docker build -q --no-cache --pull --quiet --rm --force-rm --load --squash --compress --build-arg A=b --label a=b --platform linux/amd64 --progress plain --tag web --target base -m 1g --memory 1g --shm-size 1g --ulimit x --cpu-shares 1 -f docker/Dockerfile --iidfile out/id --metadata-file out/meta src',
    'docker build --file docker/Dockerfile . && docker buildx build . && docker image build . && docker builder build .',
    'docker compose ps -a -q --all --quiet --services --no-trunc --orphans --filter a=b --format json --status running',
    'docker compose -f compose.yaml -p x --profile dev --project-name x --progress plain --parallel 2 --env-file dev.vars --project-directory sub --ansi --dry-run --compatibility --all-resources --file other.yaml ls',
    'docker compose images; docker compose top; docker compose port web 80; docker compose version; docker compose events; docker compose stats; docker compose volumes',
    'docker compose ls -a -q --all --quiet --short --json --no-stream --no-trunc --filter a=b --format x --index 1 --protocol tcp',
    'docker compose logs -f -t --follow --timestamps --no-color --no-log-prefix -n 5 --since 1h --tail 5 --until 1h --index 1 web',
    'docker compose config -q; docker compose config --services; docker compose config --quiet --volumes --images --profiles --hash',
    'docker compose up -d --build',
    'docker compose up --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --detach --force-recreate --menu --no-attach --no-build --no-color --no-deps --no-log-prefix --no-recreate --no-start --quiet-build --quiet-pull --remove-orphans --timestamps --wait --watch -w -y --yes -t 5 --attach web --exit-code-from web --pull missing --scale web=2 --timeout 5 --wait-timeout 5 web',
    'docker compose build -q --no-cache --pull --quiet --with-dependencies --check --force-rm --no-rm -m 1g --build-arg A=b --memory 1g --progress plain web',
    'docker compose start; docker compose restart -t 5; docker compose create --build --no-build --force-recreate --no-recreate --no-deps --remove-orphans --wait --timeout 5 --pull missing --scale a=1 --wait-timeout 5',
    'docker compose pull -q --quiet --ignore-buildable --ignore-pull-failures --include-deps --policy',
    'docker compose stop -t 5; docker compose pause; docker compose unpause --timeout 5',
    'docker compose down --remove-orphans -t 5 --timeout 5',
    'podman ps',
  ],
  notMatch: [
    'docker run --rm alpine ls',
    'docker run -v /:/host alpine',
    'docker run --privileged alpine',
    'docker exec web ls',
    'docker container run x',
    'docker container exec x ls',
    'docker rm web',
    'docker rmi web',
    'docker system prune -f',
    'docker volume rm x',
    'docker volume prune',
    'docker image prune',
    'docker network rm x',
    'docker container prune',
    'docker image rm x',
    'docker builder prune',
    'docker buildx prune',
    'docker buildx rm x',
    'docker stop web',
    'docker kill web',
    'docker push web',
    'docker pull web',
    'docker login',
    'docker cp web:/x x',
    'docker -H tcp://example.com:2375 ps',
    'docker --context other ps',
    'docker build -o out .',
    'docker build https://example.com/x.git',
    'docker build -',
    'docker build /srv/x',
    'docker build --secret id=x,src=.env .',
    'docker build -f /srv/Dockerfile .',
    'docker compose down -v',
    'docker compose down --volumes',
    'docker compose down --rmi all',
    'docker compose exec web ls',
    'docker compose run web ls',
    'docker compose rm -f',
    'docker compose config',
    'docker compose -f /srv/compose.yaml up',
    'docker compose push',
    'docker compose cp web:/x x',
    'docker compose kill',
    'docker swarm init',
    'docker service create x',
    'docker secret ls',
    'docker context use x',
    'docker context create x',
    'docker save web -o x.tar',
    'docker load -i x.tar',
    'docker commit web x',
    'docker import x.tar',
    'docker volume create x',
    'docker network create x',
    'docker buildx create',
    'docker plugin install x',
    'docker machine ls',
    'docker restart web',
  ],
  commands: {
    ps: list,
    images: list,
    logs,
    inspect,
    stats,
    top,
    history,
    'port diff': look,
    'version info': { options: { value: '-f --format' }, does: [daemon] },
    events: { options: { value: '--since --until --filter --format' }, does: [daemon] },
    search: { options: { flag: '--no-trunc', value: '--filter --format --limit' }, does: [pulls] },
    tag: { does: [daemon] },
    container,
    image: {
      commands: {
        'ls list': list,
        inspect,
        history,
        build,
        'rm prune': gone,
        pull: fetched,
        push: sent,
        'load import save tag': changed,
      },
    },
    network: { commands: { 'ls list': list, inspect, 'rm prune disconnect': gone, 'create connect': changed } },
    volume: { commands: { 'ls list': list, inspect, 'rm prune': gone, 'create update': changed } },
    system: {
      commands: {
        df: { options: { flag: '-v --verbose', value: '--format' }, does: [daemon] },
        'info events': look,
        prune: gone,
      },
    },
    context: { commands: { 'ls list show inspect': look, 'use create rm update import export': changed } },
    buildx: {
      commands: { build, 'ls du inspect version': look, 'rm prune stop': gone, 'create use bake imagetools': changed },
    },
    builder: { commands: { build, prune: gone } },
    plugin: { commands: { 'ls list inspect': look, 'install enable disable rm set upgrade push create': changed } },
    manifest: { commands: { inspect: look, 'create annotate push rm': sent } },
    build,
    compose,
    run,
    exec,
    'rm rmi': gone,
    'stop kill restart pause unpause start wait attach': stopped,
    'rename update commit create export import load save': changed,
    pull: fetched,
    push: sent,
    cp: copied,
    'login logout': signed,
    'swarm service stack node secret config trust checkpoint': { does: [hands, state] },
  },
});

export const dockerCompose = tool({
  programs: ['docker-compose', 'podman-compose'],
  match: ['docker-compose ps', 'docker-compose up -d', 'docker-compose logs web', 'docker-compose down'],
  notMatch: [
    'docker-compose down -v',
    'docker-compose exec web sh',
    'docker-compose -f /srv/x.yml up',
    'docker-compose run web sh',
  ],
  commands: compose.commands ?? {},
  ...(compose.options && { options: compose.options }),
});
