import { say } from '../../../../../say';
import { constantOf, describeField } from '../../field';
import type { Doings } from '../tool';

/** A path of the forge's own service; anything with a host in it may be elsewhere. */
export const apiPath = /^(?!\/\/|\/?graphql)[\w/:{}.%~@!$,+=&?*'()#[\]-]*$/;
const plainHeader = /^(?:accept|x-github-api-version|accept-language|user-agent|if-none-match)\s*:/i;

/** `api`: a question, unless it is told otherwise or given something to send. */
export function asksOnly({ shell, options, operands, invocation, name }: Doings): void {
  const method = options.findLast(({ name: option }) => option === '-X' || option === '--method')?.value;
  const verb = method ? constantOf(method)?.toUpperCase() : undefined;
  const fields = options.some(({ name: option }) => /^(?:-f|--raw-field)$/.test(option));
  if ((method && verb !== 'GET' && verb !== 'HEAD') || (fields && !method)) {
    shell.report.effect(
      'remote',
      { type: 'unknown', what: operands.map(describeField).join(' ') },
      invocation.span,
      'certain',
    );
    shell.doubt('forge.writes', say('{0} changes something at the forge', name), invocation.span);
  }
  for (const { name: option, value } of options)
    if (/^(?:-H|--header)$/.test(option) && value && !plainHeader.test(constantOf(value) ?? ''))
      shell.doubt('forge.writes', say('the header {0} may change what is asked', describeField(value)), value.span);
  if (operands.length !== 1)
    shell.doubt('command.operands', say('what {0} asks for is not known', name), invocation.span);
  for (const field of operands)
    if (/:\/\//.test(describeField(field)))
      shell.doubt('forge.elsewhere', say('{0} may be on another server', describeField(field)), field.span);
}

/** A server that is named would be shown the token that is kept for it. */
export function staysAt({ shell, options }: Doings, host: string): void {
  for (const { name, value } of options)
    if (/^(?:-h|--hostname)$/.test(name) && value && constantOf(value) !== host)
      shell.doubt('forge.elsewhere', say('{0} may be on another server', describeField(value)), value.span);
}
