import { say } from '../../../../../say';
import { judgeRead } from '../../../scope';
import type { Invocation } from '../../command';
import { constantOf, describeField, type Field, textPiece } from '../../field';
import { type OptionTable, readOptions } from '../../options';
import { judgeField } from '../../paths';
import type { Context, Shell } from '../../shell';
import type { ShellState } from '../../state';
import { judgeElsewhere } from '../network/elsewhere';

/** Options with a value of what starts a container or something in one, so that its name is found. */
const table: OptionTable = {
  flag: '-d -i -t -T -P -q --detach --init --interactive --no-healthcheck --publish-all --quiet --read-only --rm --sig-proxy --tty --privileged --no-deps --service-ports --use-aliases --build --stdin --quiet-pull',
  value:
    '-a -c -e -h -l -m -n -p -u -v -w --add-host --annotation --attach --cap-add --cap-drop --cgroupns --cidfile --container --cpus --cpuset-cpus --device --dns --entrypoint --env --env-file --expose --gpus --group-add --hostname --image --index --ip --ipc --label --link --log-driver --log-opt --memory --mount --name --namespace --net --network --network-alias --overrides --pid --platform --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --sysctl --tmpfs --ulimit --user --userns --uts --volume --volumes-from --workdir',
};

/** What a container is started with: places of this machine, rights over it, and what runs inside. */
export function judgeInside(
  shell: Shell,
  { args, span, program }: Invocation,
  state: ShellState,
  context: Context,
): void {
  const start = args.findIndex((field) => /^(?:run|exec|create)$/.test(constantOf(field) ?? ''));
  const read = readOptions(args.slice(start + 1), table, { stopAtOperand: true });
  for (const { name, value } of read.options) {
    const text = value && describeField(value);
    if (text === undefined || !value) continue;
    const place =
      name === '-v' || name === '--volume'
        ? text.split(':', 1)[0]
        : name === '--mount'
          ? /(?:^|,)(?:source|src)=([^,]+)/.exec(text)?.[1]
          : undefined;
    if (place !== undefined && /^[./~]/.test(place)) judgeMount(shell, place, value, program, state, context);
  }
  if (args.some((field) => gainsRights(describeField(field))) || read.options.some(hostsName))
    shell.doubt('command.privilege', say('{0} gives a container rights over this machine', program), span);
  judgeElsewhere(shell, withoutDashes(read.operands.slice(1)), false);
}

function withoutDashes(words: readonly Field[]): readonly Field[] {
  return words[0] && constantOf(words[0]) === '--' ? words.slice(1) : words;
}

function gainsRights(text: string): boolean {
  return /^--(?:privileged|cap-add|device|security-opt|userns|runtime)(?:=|$)|^--(?:pid|net|network|ipc|uts|cgroupns)=host$/.test(
    text,
  );
}

function hostsName({ name, value }: { readonly name: string; readonly value: Field | undefined }): boolean {
  return /^--(?:pid|net|network|ipc|uts)$/.test(name) && value !== undefined && constantOf(value) === 'host';
}

function judgeMount(
  shell: Shell,
  place: string,
  field: Field,
  program: string,
  state: ShellState,
  context: Context,
): void {
  if (/^\/+\.?$|^\/(?:etc|root|boot|proc|sys|dev)\/?$/.test(place)) {
    shell.report.harm('privilege.container', say('{0} gives a container all of {1}', program, place), field.span);
    return;
  }
  if (/(?:docker|containerd|podman|crio)\.sock/.test(place))
    shell.doubt('privilege.container', say('{0} gives a container the rule over all containers', program), field.span);
  judgeField(shell, { ...field, pieces: [textPiece(place)] }, state, context, (each, from) =>
    judgeRead(shell.report, each, from, 'content', true),
  );
}
