import assert from 'node:assert/strict';
import { createModalPrompter, type ModalPorts } from '../../../../src/core/gate/modalPrompter';
import type { Question } from '../../../../src/core/gate/prompter';
import { english, say } from '../../../../src/core/say';
import { question } from '../../../fakes/question';

interface Shown {
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A person who answers the dialogs in turn; a function decides when it is shown. */
function dialogs(...answers: (string | undefined | ((shown: Shown) => Promise<string | undefined>))[]) {
  const shown: Shown[] = [];
  const reviewed: string[] = [];
  const ports: ModalPorts = {
    async show(title, detail, buttons) {
      const dialog = { title, detail, buttons };
      shown.push(dialog);
      const answer = answers[shown.length - 1];
      return typeof answer === 'function' ? answer(dialog) : answer;
    },
    review: async (_title, text) => void reviewed.push(text),
    quiet: async () => {},
    why: async ({ alternatives }) => alternatives[0],
    localize: english,
  };
  return { shown, reviewed, ports, prompter: createModalPrompter(ports) };
}

const never = new AbortController().signal;
const modal = (changes: Parameters<typeof question>[0] = {}): Question =>
  question({ style: 'modal', offers: [{ type: 'once' }], ...changes });

suite('modal prompter', () => {
  const answers: readonly [string, string | undefined, choice: string][] = [
    ['the first button denies', 'Deny', 'deny'],
    ['closing the dialog denies', undefined, 'deny'],
    ['Allow once allows once', 'Allow once', 'once'],
    ['a label that was not offered denies', 'Allow for this session', 'deny'],
    ['the editor’s own Cancel denies', 'Cancel', 'deny'],
  ];
  for (const [title, picked, choice] of answers) {
    test(title, async () => {
      const { prompter } = dialogs(picked);
      assert.equal((await prompter.ask(modal(), never)).choice, choice);
    });
  }

  test('Deny is the first button, because the editor focuses that one', async () => {
    const { prompter, shown } = dialogs('Deny');
    await prompter.ask(modal({ offers: [{ type: 'once' }, { type: 'session' }] }), never);
    assert.deepEqual(shown[0]?.buttons, ['Deny', 'Allow once', 'Allow for this session', 'Deny and Say Why…']);
  });

  test('a no may say why; the dialog lists the safer ways that the rule knows', async () => {
    const { prompter, shown } = dialogs('Deny and Say Why…', 'Deny and Say Why…');
    const alternatives = ['Write a patch file instead.'];
    assert.deepEqual(await prompter.ask(modal({ alternatives }), never), { choice: 'deny', why: alternatives[0] });
    assert.match(shown[0]?.detail ?? '', /Safer instead:\n {2}• Write a patch file instead\./);
    assert.deepEqual(await prompter.ask(modal(), never), { choice: 'deny' });
  });

  test('a dialog that cannot be shown denies, and the next one is still asked', async () => {
    const { prompter } = dialogs(() => Promise.reject(new Error('refused')), 'Allow once');
    assert.deepEqual(await prompter.ask(modal(), never), { choice: 'deny' });
    assert.deepEqual(await prompter.ask(modal(), never), { choice: 'once' });
  });

  test('two questions are asked one after the other', async () => {
    let close: (answer: string) => void = () => {};
    const { prompter, shown } = dialogs(
      () =>
        new Promise((resolve) => {
          close = resolve;
        }),
      'Deny',
    );
    const first = prompter.ask(modal(), never);
    const second = prompter.ask(modal(), never);
    await new Promise(setImmediate);
    assert.equal(shown.length, 1);
    close('Allow once');
    assert.deepEqual(await first, { choice: 'once' });
    assert.deepEqual(await second, { choice: 'deny' });
  });

  test('a question that is withdrawn is a no, and its late answer counts for nothing', async () => {
    let close: (answer: string) => void = () => {};
    const { prompter, shown } = dialogs(
      () =>
        new Promise((resolve) => {
          close = resolve;
        }),
      'Allow once',
    );
    const withdrawn = new AbortController();
    const first = prompter.ask(modal(), withdrawn.signal);
    await new Promise(setImmediate);
    withdrawn.abort();
    assert.deepEqual(await first, { choice: 'deny' });
    const second = prompter.ask(modal(), never);
    await new Promise(setImmediate);
    assert.equal(shown.length, 1, 'the old dialog is still open');
    close('Allow once');
    assert.deepEqual(await second, { choice: 'once' });
  });

  test('a question that is withdrawn while it waits is never shown', async () => {
    const { prompter, shown } = dialogs('Allow once');
    assert.deepEqual(await prompter.ask(modal(), AbortSignal.abort()), { choice: 'deny' });
    await new Promise(setImmediate);
    assert.equal(shown.length, 0);
  });

  test('the dialog opens only once the box is quiet', async () => {
    const { ports, shown } = dialogs('Deny');
    let quiet: () => void = () => {};
    const prompter = createModalPrompter({
      ...ports,
      quiet: () =>
        new Promise((resolve) => {
          quiet = resolve;
        }),
    });
    const answer = prompter.ask(modal(), never);
    await new Promise(setImmediate);
    assert.equal(shown.length, 0);
    quiet();
    await answer;
    assert.equal(shown.length, 1);
  });

  test('the detail has the exact call with hidden characters marked, folder, rule, effects and earlier blocks', async () => {
    const { prompter, shown } = dialogs('Deny');
    const asked = modal({
      command: 'rm -rf "x\u202e"',
      effects: [
        {
          kind: 'delete',
          target: { type: 'path', path: '/ws/x', real: '/ws/x', recursive: true },
          certainty: 'certain',
          span: undefined,
          recoverable: { yes: false, why: 'nothing keeps a copy' },
        },
      ],
      blocks: [{ title: 'Bash: rm -r y', rule: 'delete.scope', reason: say('it deletes too much') }],
    });
    await prompter.ask(asked, never);
    const detail = shown[0]?.detail ?? '';
    for (const part of [
      'rm -rf "x⟦U+202E⟧"',
      'Folder: /ws',
      'Rule: mode.normal (built-in)',
      'delete /ws/x/** (cannot be undone: nothing keeps a copy)',
      '1. Bash: rm -r y — it deletes too much (delete.scope)',
    ])
      assert.ok(detail.includes(part), `${part} is in\n${detail}`);
    assert.ok(shown[0]?.title.includes('Normal asks before every command'));
  });

  const long = Array.from({ length: 30 }, (_, line) => `echo ${line}`).join('\n');
  for (const [title, command] of [
    ['a call of more than 20 lines', long],
    ['a call of more than 2,000 characters', `echo ${'x'.repeat(2_000)}`],
  ] as const) {
    test(`${title} can only be denied or reviewed, and allowed after the review`, async () => {
      const { prompter, reviewed, shown } = dialogs('Review…', 'Allow once');
      assert.deepEqual(await prompter.ask(modal({ command }), never), { choice: 'once' });
      assert.deepEqual(shown[0]?.buttons, ['Deny', 'Review…', 'Deny and Say Why…']);
      assert.deepEqual(shown[1]?.buttons, ['Deny', 'Allow once', 'Review…', 'Deny and Say Why…']);
      assert.ok(!shown[0]?.detail.includes(command), 'the dialog shows only the beginning');
      assert.ok(reviewed[0]?.startsWith(command), 'the editor shows all of it');
    });
  }

  test('a long call cannot be allowed by an answer that was not offered before the review', async () => {
    const { prompter } = dialogs('Allow once');
    assert.deepEqual(await prompter.ask(modal({ command: long }), never), { choice: 'deny' });
  });
});
