import { say } from '../../../../../say';
import { argument } from '../call';
import { setVariables } from '../environment';
import { itemsOf } from '../iterate';
import { libraryCall, shapesPaths } from '../library';
import { release } from '../release';
import { each, effect, pure, type Rule, type Rules } from '../rule';
import { constantText, describe, nothing, object, piecesOf } from '../value';

const runsTests: Rule = effect((call, reading) => {
  reading.run([[{ type: 'text', text: 'pytest' }]], call);
  return object('the result of tests');
});

const runsPytest: Rule = effect((call, reading) => {
  const given = argument(call, 0, 'args');
  const items = given?.kind === 'list' ? itemsOf(given) : given ? undefined : [];
  reading.run([[{ type: 'text', text: 'pytest' }], ...(items ? items.map(piecesOf) : [undefined])], call);
  return object('the result of tests');
});

/** `patch('os.getcwd', …)`, `monkeypatch.setattr`: what is put in its place is called by others. */
const patches: Rule = pure((call, reading) => {
  const [target, second, third] = call.args;
  let name = constantText(target);
  let replacement = second;
  if (target?.kind === 'known') {
    name = `${target.name}.${constantText(second) ?? '*'}`;
    replacement = third;
  }
  const changed =
    replacement !== undefined ||
    call.named.has('return_value') ||
    call.named.has('side_effect') ||
    call.named.has('new');
  if (
    name !== undefined &&
    changed &&
    shapesPaths(name) &&
    !/^(?:os\.path\.(?:exists|is\w+|get\w+)|builtins\.(?:open|print|input))$/.test(name)
  )
    reading.doubt('code.dynamic', say('the code replaces {0}', name), call);
  for (const value of [...call.args.slice(1), ...call.named.values()]) release(reading, value, call);
  return object('a patch');
});

const patchesDictionary: Rule = pure((call, reading) => {
  const [target, values] = call.args;
  const environment =
    (target?.kind === 'known' && target.name === 'os.environ') || constantText(target) === 'os.environ';
  if (environment) {
    if (values) setVariables(reading, values, call);
    for (const [name, value] of call.named)
      if (name !== 'clear' && name !== 'values')
        setVariables(reading, { kind: 'dict', entries: new Map([[name, value]]), rest: undefined }, call);
  } else if (target?.kind === 'known' || constantText(target) === 'sys.modules') {
    if (constantText(target) !== 'sys.modules' && target?.kind === 'known' && target.name !== 'sys.modules')
      reading.doubt('code.dynamic', say('the code replaces what {0} holds', describe(target ?? nothing)), call);
  } else for (const value of call.args) release(reading, value, call);
  return object('a patch');
});

/** Test frameworks, and the commands of web frameworks. */
export const testingRules: Rules = {
  ...each('unittest', 'main TextTestRunner().run', runsTests),
  ...each('pytest', 'main', runsPytest),
  ...each('nose', 'main run runmodule', runsTests),
  ...each('unittest.mock', 'patch patch.object patch.multiple', patches),
  ...each('mock', 'patch patch.object patch.multiple', patches),
  ...each('unittest.mock', 'patch.dict', patchesDictionary),
  ...each('mock', 'patch.dict', patchesDictionary),
  ...each(
    'django.core.management',
    'call_command',
    effect((call, reading, name) => {
      const command = constantText(call.args[0]);
      const [given] = call.args;
      const unknown =
        command === undefined &&
        !(given?.kind === 'instance' || given?.kind === 'class' || (given?.kind === 'object' && given.as === 'any'));
      if (unknown || /^(?:runserver|testserver|shell|dbshell|runscript|flush|reset_db|loaddata)$/.test(command ?? ''))
        reading.doubt('code.unknown-call', say('what {0} does is not known here', command ?? name), call);
      return libraryCall(reading, name, { ...call, args: call.args.slice(1) });
    }),
  ),
  ...each(
    'django.core.management',
    'execute_from_command_line',
    effect((call, reading) => {
      const [given] = call.args;
      const items = given && itemsOf(given);
      const command = constantText(items?.[1]);
      if (
        command === undefined ||
        /^(?:runserver|testserver|shell|dbshell|runscript|flush|reset_db|loaddata)$/.test(command)
      )
        reading.doubt(
          'code.unknown-call',
          say('what {0} does is not known here', command ?? 'execute_from_command_line'),
          call,
        );
      return nothing;
    }),
  ),
};
