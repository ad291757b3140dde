import { say } from '../../../../../say';
import { constantField, constantOf } from '../../field';
import { asks, type Doing } from '../doings';
import type { Family } from '../family';
import type { Act } from '../tool';
import { aliased } from './aliased';
import { compose, daemon, pulls, runsFiles } from './compose';
import { type Guard, guarded } from './guarded';
import { judgeInside } from './inside';

/** A format may put out the variables of a container, where passwords are. */
const noVariables: Doing = {
  name: 'no variables',
  run({ shell, options, name }) {
    for (const { name: option, value } of options)
      if (/^(?:-f|--format)$/.test(option) && value && /env/i.test(constantOf(value) ?? 'env'))
        shell.doubt(
          'secrets.environment',
          say('{0} puts out {1}, which may hold secrets', name, 'the values of variables'),
          value.span,
        );
  },
};

/** The folder that is built from: in the workspace, and no address. */
const source: Doing = {
  name: 'source',
  run({ shell, operands, invocation, name }) {
    const [only, ...more] = operands;
    const text = only && constantOf(only);
    if (
      text === undefined ||
      more.length > 0 ||
      text === '-' ||
      /:\/\/|^git@|\.git(?:#|$)|^[\w-]+\.(?:com|org|io|net|dev)\//.test(text)
    )
      shell.doubt(
        'packages.source',
        say('what {0} builds is not a folder of the workspace', name),
        only?.span ?? invocation.span,
      );
    for (const folder of [text ?? '']) {
      const { place } = shell.report.world;
      const path = folder.startsWith('/') ? folder : undefined;
      if (path !== undefined && !place.workspace.some((each) => path === each || path.startsWith(`${each}/`)))
        shell.doubt('paths.outside-read', say('{0} is outside the workspace', path), only?.span);
      if (/^~|(?:^|\/)\.\.(?:\/|$)/.test(folder))
        shell.doubt('paths.outside-read', say('{0} is outside the workspace', folder), only?.span);
    }
  },
};

const look: Act = { does: [daemon] };
const list: Act = {
  options: {
    flag: '-a -q -s -l --all --quiet --no-trunc --digests --size --latest --tree',
    value: '-f -n --filter --format --last',
  },
  does: [daemon],
};
const inspect: Act = {
  options: { flag: '-s -v --size --verbose', value: '-f --format --type' },
  does: [daemon, noVariables],
};
const logs: Act = {
  options: { flag: '-f -t --follow --timestamps --details', value: '-n --since --tail --until' },
  does: [daemon],
};
const stats: Act = { options: { flag: '-a --all --no-stream --no-trunc', value: '--format' }, does: [daemon] };
const top: Act = { options: { flag: '-e -f -x', value: '-o' }, does: [daemon] };
const history: Act = { options: { flag: '-q -H --no-trunc --human --quiet', value: '--format' }, does: [daemon] };
const build: Act = {
  options: {
    flag: '-q --no-cache --pull --quiet --rm --force-rm --load --squash --compress',
    value: '-t -m --build-arg --label --platform --progress --tag --target --memory --shm-size --ulimit --cpu-shares',
    runs: '-f --file',
    writes: '--iidfile --metadata-file',
  },
  operands: 'tree',
  does: [source, runsFiles('Dockerfile', 'Containerfile', '.dockerignore'), pulls],
};

/** An image of the default registry by its plain name; nothing of it runs. */
const plainImage = /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][\w.-]*)?(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/;

/** What is never decided here: it loses something, runs an image, or hands something over. */
const guards: readonly Guard[] = [
  {
    commands:
      'rm,rmi,container rm,container prune,image rm,image prune,network rm,network prune,volume rm,volume prune,system prune,builder prune,buildx prune,buildx rm,compose rm,secret rm,service rm,stack rm',
    kind: 'remote',
    rule: 'remote.destroys',
    reason: say('it loses what the container daemon keeps'),
  },
  {
    commands: 'run,create,container run,container create,compose run',
    kind: 'execute',
    rule: 'containers.image',
    reason: say('it runs an image whose content is not known'),
    check: judgeInside,
  },
  {
    commands: 'exec,container exec,compose exec',
    kind: 'execute',
    rule: 'containers.exec',
    reason: say('it runs something in a container, which is not looked at'),
    check: judgeInside,
  },
  {
    commands: 'stop,kill,restart,pause,container stop,container kill,container restart,compose kill',
    kind: 'kill',
    rule: 'command.kills',
    reason: say('it ends what runs in a container'),
  },
  {
    commands: 'load,import,image load,image import',
    kind: 'fetch',
    rule: 'containers.image',
    reason: say('it fetches an image whose content is not known'),
  },
  {
    commands:
      'push,image push,compose push,cp,container cp,compose cp,save,export,commit,login,manifest push,buildx imagetools',
    kind: 'send',
    rule: 'network.reach',
    reason: say('it takes something out of this machine or of a container'),
    sends: true,
  },
];

/** The program as it was first, every sub-command one word. */
const plain = guarded(
  {
    programs: ['docker', 'podman', 'nerdctl'],
    match: [
      'docker ps',
      'docker ps -aq --no-trunc --filter name=x --format json',
      'docker ps --all --quiet -l --latest -n 3 --last 3 -s --size -f name=x',
      'docker images -a --tree --digests --filter x=y',
      'docker image ls; docker image list',
      'docker image inspect --format x --type image web',
      'docker image history web',
      'docker history -q -H --no-trunc --human --quiet --format x web',
      'docker logs --follow --timestamps --details -n 5 --until 1h web',
      'docker logs -f -t --tail 50 --since 1h web',
      'docker inspect -f x --format x -s --size -v --verbose --type container web',
      'docker version --format x; docker info -f x',
      'docker stats -a --all --no-stream --no-trunc --format x',
      'docker top web -e -f -x -o pid',
      'docker port web; docker diff web; docker events --since 1h --until 1m --filter a=b --format x',
      'docker search --limit 5 --no-trunc --filter a=b --format x redis',
      'docker tag web:latest web:1',
      'docker pull -q --quiet --platform linux/amd64 redis:7-alpine',
      'docker image pull library/redis',
      'docker container ls; docker container ps; docker container list; docker container logs web; docker container inspect web',
      'docker container top web; docker container stats --no-stream; docker container port web; docker container diff web',
      'docker network ls; docker network list; docker network inspect x; docker volume ls; docker volume list; docker volume inspect x',
      'docker system df -v --verbose --format x; docker system info; docker system events',
      'docker context ls; docker context list; docker context show; docker context inspect',
      'docker buildx ls --format x; docker buildx du --verbose --builder x --filter a=b; docker buildx inspect; docker buildx version',
      'docker plugin ls; docker plugin list; docker plugin inspect x; docker manifest inspect x',
      'docker build -t web .',
      'docker build -q --no-cache --pull --quiet --rm --force-rm --load --squash --compress --build-arg A=b --label a=b --platform linux/amd64 --progress plain --tag web --target base -m 1g --memory 1g --shm-size 1g --ulimit x --cpu-shares 1 -f docker/Dockerfile --iidfile out/id --metadata-file out/meta src',
      'docker build --file docker/Dockerfile . && docker buildx build . && docker image build . && docker builder build .',
      'docker compose ps -a -q --all --quiet --services --no-trunc --orphans --filter a=b --format json --status running',
      'docker compose -f compose.yaml -p x --profile dev --project-name x --progress plain --parallel 2 --env-file dev.vars --project-directory sub --ansi never --dry-run --compatibility --all-resources --file other.yaml ls',
      'docker compose images; docker compose top; docker compose port web 80; docker compose version; docker compose events; docker compose stats; docker compose volumes',
      'docker compose ls -a -q --all --quiet --short --json --no-stream --no-trunc --filter a=b --format x --index 1 --protocol tcp',
      'docker compose logs -f -t --follow --timestamps --no-color --no-log-prefix -n 5 --since 1h --tail 5 --until 1h --index 1 web',
      'docker compose config -q; docker compose config --services',
      'docker compose config --quiet --volumes --images --profiles --hash web',
      'docker compose up -d --build',
      'docker compose up --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --detach --force-recreate --menu --no-build --no-color --no-deps --no-log-prefix --no-recreate --no-start --quiet-build --quiet-pull --remove-orphans --timestamps --wait --watch -w -y --yes -t 5 --attach web --exit-code-from web --no-attach db --pull missing --scale web=2 --timeout 5 --wait-timeout 5 web',
      'docker compose build -q --no-cache --pull --quiet --with-dependencies --check --force-rm --no-rm -m 1g --build-arg A=b --memory 1g --progress=plain web',
      'docker compose start; docker compose restart -t 5',
      'docker compose create --build --no-build --force-recreate --no-recreate --no-deps --remove-orphans --wait --timeout 5 --pull missing --scale a=1 --wait-timeout 5',
      'docker compose pull -q --quiet --ignore-buildable --ignore-pull-failures --include-deps --policy always',
      'docker compose stop -t 5; docker compose pause; docker compose unpause --timeout 5',
      'docker compose down --remove-orphans -t 5 --timeout 5',
      'podman ps; nerdctl images',
    ],
    notMatch: [
      'docker run --rm alpine ls',
      'docker run -v /:/host alpine',
      'docker run --privileged alpine',
      'docker exec web ls',
      'docker container run x',
      'docker rm web',
      'docker system prune -f',
      'docker volume rm x',
      'docker stop web',
      'docker push web',
      'docker pull example.com/web',
      'docker pull localhost:5000/web',
      'docker login',
      'docker cp web:/x x',
      'docker -H tcp://example.com:2375 ps',
      'docker --context other ps',
      'docker build -o out .',
      'docker build -f - .',
      'docker inspect -f "{{.Config.Env}}" web',
      'docker compose -f - up',
      'docker build https://example.com/x.git',
      'docker build -',
      'docker build /srv/x',
      'docker build ..',
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
      'docker swarm init',
      'docker context use x',
      'docker volume create x',
      'docker buildx create',
    ],
    commands: {
      'ps images': list,
      logs,
      inspect,
      stats,
      top,
      history,
      'port diff': look,
      'version info': { options: { value: '-f --format' }, does: [daemon] },
      events: { options: { value: '--since --until --filter --format' }, does: [daemon] },
      search: { options: { flag: '--no-trunc', value: '--filter --format --limit' }, does: [pulls] },
      tag: look,
      pull: {
        options: { flag: '-q --quiet', value: '--platform' },
        shape: plainImage,
        does: [asks('registry-1.docker.io')],
      },
      system: {
        commands: {
          df: { options: { flag: '-v --verbose', value: '--format' }, does: [daemon] },
          'info events': look,
        },
      },
      context: { commands: { 'ls list show inspect': look } },
      buildx: {
        commands: {
          'ls du inspect version': {
            options: { flag: '--verbose', value: '--builder --filter --format' },
            does: [daemon],
          },
        },
      },
      plugin: { commands: { 'ls list inspect': look } },
      manifest: { commands: { inspect: look } },
      build,
      compose,
    },
  },
  guards,
);

export const docker = aliased(plain, {
  'container ls': 'ps',
  'container ps': 'ps',
  'container list': 'ps',
  'container logs': 'logs',
  'container inspect': 'inspect',
  'container top': 'top',
  'container stats': 'stats',
  'container port': 'port',
  'container diff': 'diff',
  'image ls': 'images',
  'image list': 'images',
  'image inspect': 'inspect',
  'image history': 'history',
  'image build': 'build',
  'image pull': 'pull',
  'buildx build': 'build',
  'builder build': 'build',
  'network ls': 'ps',
  'network list': 'ps',
  'network inspect': 'inspect',
  'volume ls': 'ps',
  'volume list': 'ps',
  'volume inspect': 'inspect',
});

/** The older program, which is `docker compose` by another name. */
export const dockerCompose: Family = {
  programs: ['docker-compose', 'podman-compose'],
  match: ['docker-compose ps', 'docker-compose up -d', 'docker-compose logs web', 'podman-compose down'],
  notMatch: [
    'docker-compose down -v',
    'docker-compose exec web sh',
    'docker-compose -f /srv/x.yml up',
    'docker-compose run web sh',
  ],
  judge(shell, invocation, state, context) {
    const { words, args, span } = invocation;
    const [first] = words;
    const compose = constantField('compose', span);
    return docker.judge(
      shell,
      { ...invocation, program: 'docker', args: [compose, ...args], words: first ? [first, compose, ...args] : [] },
      state,
      context,
    );
  },
};
