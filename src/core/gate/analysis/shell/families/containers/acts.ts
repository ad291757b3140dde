import { say } from '../../../../../say';
import { judgeRead } from '../../../scope';
import { constantOf, describeField, type Field } from '../../field';
import { judgeField } from '../../paths';
import type { Doing } from '../doings';
import { judgeElsewhere } from '../network/elsewhere';
import { judgeSecrets } from '../network/reaching';
import type { Act, Doings } from '../tool';

/** Looks at what a service of this machine keeps. */
export function looksAt(service: string): Doing {
  return {
    name: `looks at ${service}`,
    run: ({ shell, invocation, context }) =>
      shell.report.effect('read', { type: 'process', what: service }, invocation.span, context.certainty),
  };
}

/** Changes what a service keeps, here or elsewhere; nothing here can bring back what it loses. */
export function changesState(what: string, loses: boolean): Doing {
  return {
    name: `changes ${what}`,
    run(at) {
      at.shell.report.effect('remote', { type: 'unknown', what }, at.invocation.span, at.context.certainty);
      if (loses) at.shell.doubt('remote.destroys', say('{0} loses {1}', at.name, what), at.invocation.span);
      else at.shell.doubt('command.remote', say('{0} changes {1}', at.name, what), at.invocation.span);
    },
  };
}

/** Hands what it is given to a service; a secret file among it is given away. */
export const hands: Doing = {
  name: 'hands',
  run: ({ shell, invocation, state, context }) => judgeSecrets(shell, invocation, ownOptions, state, context),
};

const ownOptions =
  /^--?(?:kubeconfig|config|env-file|ca-?cert|cert|key|tls(?:cacert|cert|key)|i|identity|password-file|vault-password-file|private-key|secret|state|var-file)$/;

/** A sub-command whose doings are all that matters: whatever its options are, the answer is at most unsure. */
export function undecided(...does: readonly Doing[]): Act {
  return { reading: { stopAtOperand: true }, does: [hands, ...does] };
}

/** Places of this machine that are handed to a container: `-v /:/host`, `--mount type=bind,source=/`. */
export const mounts: Doing = {
  name: 'mounts',
  run(at) {
    for (const { name, value } of at.options) {
      if (!value) continue;
      const text = constantOf(value) ?? describeField(value);
      const place =
        name === '-v' || name === '--volume'
          ? text.split(':', 1)[0]
          : name === '--mount'
            ? /(?:^|,)(?:source|src)=([^,]+)/.exec(text)?.[1]
            : undefined;
      if (place === undefined || !/^[./~]/.test(place)) continue;
      judgeMount(at, place, value);
    }
  },
};

function judgeMount({ shell, state, context, name }: Doings, place: string, field: Field): void {
  if (/^\/+\.?$|^\/(?:etc|root|boot|proc|sys|dev)\/?$/.test(place)) {
    shell.report.harm('privilege.container', say('{0} gives a container all of {1}', name, place), field.span);
    return;
  }
  if (/docker\.sock|containerd\.sock|podman\.sock/.test(place))
    shell.doubt('privilege.container', say('{0} gives a container the rule over all containers', name), field.span);
  const path: Field = { ...field, pieces: [{ type: 'text', text: place }] };
  judgeField(shell, path, state, context, (each, from) => judgeRead(shell.report, each, from, 'content', true));
}

/** The command that runs inside, after the name of the image or container. */
export const runsInside: Doing = {
  name: 'runs inside',
  run({ shell, operands }) {
    judgeElsewhere(shell, operands.slice(1), false);
  },
};
