import assert from 'node:assert/strict';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import type { ToPage } from '../../src/webview/protocol';
import { type ChatPageHost, type ChatPageOptions, openChatPage } from './chatPageHost';
import { askingItem, callItem, chatStatus, replyItem, resetTo } from './chatPageItems';
import { hostileMarkdown } from './hostileMarkdown';

/** The page leaves the buttons that approve alone for this long. Milliseconds, with some room. */
const settled = 700;

suite('chat page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let host: ChatPageHost | undefined;

  suiteSetup(async function () {
    // On a bare machine the browser is installed first.
    this.timeout(600_000);
    browser = await chromium.launch(await findBrowser());
  });
  suiteTeardown(async () => browser?.close());
  teardown(async () => {
    const { complaints, requests } = host ?? { complaints: [], requests: [] };
    await host?.close();
    host = undefined;
    assert.deepEqual(complaints, [], 'the page complained');
    assert.deepEqual(requests, [], 'the page asked for something');
  });

  async function open(first: ToPage, options: ChatPageOptions = {}): Promise<ChatPageHost> {
    host = await openChatPage(browser, options);
    await host.send(first);
    return host;
  }

  async function answers(from: ChatPageHost) {
    return (await from.posted()).filter(({ type }) => type === 'answer');
  }

  const focusedName = (from: ChatPageHost) =>
    from.page.evaluate<string>(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
    );

  suite('questions of the agent', () => {
    const asks = {
      id: 'toolu_9',
      questions: [
        {
          ...{ header: 'Database', question: 'Which one do you want?', multiple: false },
          options: [
            { label: 'SQLite', description: 'One file, nothing to set up' },
            { label: 'Postgres', description: undefined },
          ],
        },
        {
          ...{ header: 'Tests', question: 'What shall I test?', multiple: true },
          options: [
            { label: 'Units', description: undefined },
            { label: 'The whole', description: 'in a browser' },
          ],
        },
      ],
    };
    const item = () =>
      callItem({
        ...{ tool: 'AskUserQuestion', title: 'Database, Tests', state: 'asking', stateLabel: 'Waiting for you' },
        decision: undefined,
        asks,
      });
    const replies = async (from: ChatPageHost) => (await from.posted()).filter(({ type }) => type === 'reply');

    test('are answered with the keyboard alone, all of them or none', async () => {
      const from = await open(resetTo([item()]));
      const { page } = from;
      const send = page.getByRole('button', { name: 'Send answers' });
      assert.equal(await send.isDisabled(), true);
      await page.getByRole('group', { name: 'Database Which one do you want?' }).getByLabel('SQLite').focus();
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.getByLabel('Postgres').isChecked(), true);
      assert.equal(await send.isDisabled(), true, 'the second has no answer yet');
      await page.keyboard.press('Enter');
      assert.deepEqual(await replies(from), []);
      await page.getByLabel('Units').press('Space');
      await page.getByLabel('Or in your own words').nth(1).fill('and the docs');
      await page.screenshot({ path: 'artefacts/asks.png' });
      await page.keyboard.press('Enter');
      assert.deepEqual(await replies(from), [
        {
          type: 'reply',
          itemId: 'call-1',
          answers: [
            { chosen: [1], typed: '' },
            { chosen: [0], typed: 'and the docs' },
          ],
        },
      ]);
      assert.equal(await send.count(), 0, 'an answer is given once');
      assert.equal(await page.getByLabel('Postgres').isDisabled(), true);
    });

    test('are announced, and need not be answered', async () => {
      const from = await open(resetTo());
      await from.send({ type: 'item', item: item() });
      assert.match(
        (await from.page.getByRole('alert').textContent()) ?? '',
        /Which one do you want\? What shall I test\?/,
      );
      await from.page.getByRole('button', { name: 'Do not answer' }).click();
      assert.deepEqual(await replies(from), [{ type: 'reply', itemId: 'call-1' }]);
    });

    test('a command in the background can be stopped on its card', async () => {
      const from = await open(
        resetTo([callItem({ state: 'running', stateLabel: 'Running in the background', stoppable: true })]),
      );
      await from.page.getByRole('button', { name: 'Stop', exact: true }).first().click();
      assert.deepEqual(
        (await from.posted()).filter(({ type }) => type === 'stop-job'),
        [{ type: 'stop-job', itemId: 'call-1' }],
      );
    });
  });

  suite('hostile text', () => {
    test('Markdown runs nothing, loads nothing, posts nothing and names nothing', async () => {
      const { page, posted, send } = await open(resetTo());
      // Streamed in three steps, as half-finished markup is the harder case.
      for (const share of [0.4, 0.7, 1]) {
        await send(
          ...hostileMarkdown.map((text, index): ToPage => {
            const part = text.slice(0, Math.ceil(text.length * share));
            return { type: 'item', item: replyItem(part, `hostile-${index}`, share < 1) };
          }),
        );
      }
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate('window.ran'), []);
      assert.deepEqual(await posted(), [{ type: 'ready' }]);
      assert.equal(page.url(), 'http://chat.test/');

      const inReplies = (selector: string) => page.locator(`.markdown ${selector}`).count();
      const forbidden =
        'script, style, link, meta, base, iframe, object, embed, form, input, select, textarea, img, video, audio, svg:not(.icon), math, template, details, noscript';
      assert.equal(await inReplies(`:is(${forbidden})`), 0);
      assert.equal(
        await inReplies(
          ':is([id], [name], [style], [href], [src], [srcset], [action], [onerror], [onload], [onclick])',
        ),
        0,
      );
      assert.equal(await inReplies('button:not(.code-copy)'), 0, 'only copying has buttons in a reply');
      assert.equal(await page.evaluate('document.querySelectorAll("#chat").length'), 1);
      const drawn = await page.locator('.item').count();
      assert.equal(drawn, hostileMarkdown.length);
      const text = (await page.locator('.items').textContent()) ?? '';
      assert.ok(text.includes('<img src=x onerror=alert(1)>'), 'markup is shown as text');
      assert.ok(text.includes('https://evil.example/?q=secret'), 'the address of a picture is shown');
    });

    test('every other text is shown as text', async () => {
      const evil = '<img src=x onerror=alert(1)><b>x</b>';
      const decision = {
        outcome: 'blocked',
        label: evil,
        rule: evil,
        reason: evil,
        source: evil,
        effects: [evil],
        evidence: [{ start: 0, end: 9 }],
        person: evil,
        allowable: true,
      } as const;
      const { page, posted } = await open(
        resetTo(
          [
            { id: 'u', type: 'user', text: evil },
            { id: 't', type: 'thinking', text: evil, streaming: false },
            callItem({
              tool: evil,
              title: evil,
              exact: evil,
              stateLabel: evil,
              state: 'blocked',
              decision,
              output: evil,
            }),
            askingItem(
              { title: evil, exact: evil },
              {
                reason: evil,
                rule: evil,
                cwd: evil,
                effects: [evil],
                offers: [{ choice: 'once', label: evil, detail: evil }],
              },
            ),
            { id: 'n', type: 'notice', level: 'error', text: evil, action: { id: 'retry', label: evil } },
          ],
          {
            banner: evil,
            todos: [{ text: evil, status: 'in_progress' }],
            model: evil,
            cwd: evil,
            mode: { id: 'auto', label: evil, detail: evil },
          },
        ),
      );
      await page.getByRole('button', { name: 'Why?' }).click();
      await page.locator('.thinking summary').click();
      await page.waitForTimeout(200);
      assert.equal(await page.locator('#chat img, #chat b').count(), 0);
      assert.deepEqual(await page.evaluate('window.ran'), []);
      assert.deepEqual(await posted(), [{ type: 'ready' }]);
    });

    test('a link posts its address when clicked or entered, and leads nowhere', async () => {
      const { page, posted } = await open(resetTo([replyItem('[good](https://example.com/a) [bad](command:x)')]));
      assert.equal(await page.getByRole('link').count(), 1);
      const link = page.getByRole('link', { name: 'good' });
      assert.equal(await link.getAttribute('title'), 'https://example.com/a');
      await link.click();
      await link.press('Enter');
      await link.click({ button: 'middle' });
      await link.click({ modifiers: ['Control'] });
      const opened = (await posted()).filter(({ type }) => type === 'open-link');
      assert.deepEqual(opened, Array(3).fill({ type: 'open-link', url: 'https://example.com/a' }));
      assert.equal(page.url(), 'http://chat.test/');
      assert.equal(page.context().pages().length, 1);
    });
  });

  suite('questions', () => {
    test('Deny takes the keyboard when nobody is typing, and Enter denies', async () => {
      const { page, send, ...rest } = await open(resetTo([], { busy: true }));
      await page.locator('.conversation').focus();
      await page.waitForTimeout(1100);
      await send({ type: 'item', item: askingItem() });
      assert.equal(await focusedName({ page, send, ...rest }), 'Deny');
      await page.keyboard.press('Enter');
      assert.deepEqual(await answers({ page, send, ...rest }), [
        { type: 'answer', questionId: 'question-1', choice: 'deny' },
      ]);
    });

    test('typing goes on undisturbed, and no key in the box answers', async () => {
      const from = await open(resetTo([], { busy: true }));
      const box = from.page.getByRole('textbox');
      await box.pressSequentially('half ');
      // A pause for thought is still typing.
      await from.page.waitForTimeout(1100);
      await from.send({ type: 'item', item: askingItem() });
      assert.equal(await focusedName(from), 'Message to the agent');
      await box.pressSequentially('a thought 12 y');
      await from.page.waitForTimeout(settled);
      await from.page.keyboard.press('Enter');
      await from.page.keyboard.press('Enter');
      assert.deepEqual(await answers(from), []);
      assert.deepEqual(
        (await from.posted()).filter(({ type }) => type === 'send'),
        [{ type: 'send', text: 'half a thought 12 y' }],
        'what is sent waits its turn, and answers nothing',
      );
    });

    test('a key pressed a moment ago keeps the keyboard where it is', async () => {
      const from = await open(resetTo([replyItem('x')], { busy: true }));
      await from.page.locator('.conversation').focus();
      await from.page.keyboard.press('ArrowDown');
      await from.send({ type: 'item', item: askingItem() });
      assert.equal(await focusedName(from), 'Conversation');
    });

    test('no approving button is focused or can be pressed when the question appears', async () => {
      const from = await open(resetTo([askingItem()], { busy: true }));
      const once = from.page.getByRole('button', { name: 'Allow once' });
      assert.equal(await once.isDisabled(), true);
      assert.equal(await from.page.getByRole('button', { name: 'Deny', exact: true }).isEnabled(), true);
      await from.page.waitForTimeout(settled);
      assert.equal(await once.isEnabled(), true);
      assert.equal(await from.page.locator('.answer:focus').count(), 0);
    });

    test('Deny comes first and Tab reaches every answer', async () => {
      const from = await open(resetTo([askingItem()], { busy: true }));
      await from.page.waitForTimeout(settled);
      await from.page.getByRole('button', { name: 'Deny', exact: true }).focus();
      const reached = [await focusedName(from)];
      for (let step = 0; step < 3; step += 1) {
        await from.page.keyboard.press('Tab');
        reached.push(await focusedName(from));
      }
      assert.deepEqual(reached, ['Deny', 'Allow once', 'Allow for this session', 'Always…']);
      const always = from.page.getByRole('button', { name: 'Always…' });
      const described = await always.getAttribute('aria-describedby');
      assert.ok(described?.includes('detail-'), 'the rule belongs to the button');
    });

    test('an answer counts once and the buttons are gone at once', async () => {
      const from = await open(resetTo([askingItem()], { busy: true }));
      await from.page.getByRole('button', { name: 'Allow once' }).dblclick();
      assert.equal(await from.page.locator('.answer').count(), 0);
      await from.page.keyboard.press('Enter');
      await from.page.keyboard.press('Space');
      // The extension has not heard of it yet and draws the same question again.
      await from.send(
        { type: 'item', item: askingItem({ output: 'x' }) },
        resetTo([askingItem({ output: 'y' })], { busy: true }),
      );
      assert.equal(await from.page.locator('.answer').count(), 0);
      assert.deepEqual(await answers(from), [{ type: 'answer', questionId: 'question-1', choice: 'once' }]);
      await from.send({ type: 'item', item: callItem({ id: 'call-asking' }) });
      assert.equal(await from.page.locator('.question').count(), 0);
    });

    test('each button posts its own choice', async () => {
      const labels = { session: 'Allow for this session', always: 'Always…', deny: 'Deny' } as const;
      for (const [choice, name] of Object.entries(labels)) {
        const from = await open(resetTo([askingItem()], { busy: true }));
        await from.page.getByRole('button', { name, exact: true }).click();
        assert.deepEqual(await answers(from), [{ type: 'answer', questionId: 'question-1', choice }]);
        await from.close();
      }
    });

    test('a click made by a script approves nothing', async () => {
      const from = await open(resetTo([askingItem()], { busy: true }));
      await from.page.waitForTimeout(settled);
      await from.page.evaluate('document.querySelector(".answer-once").click()');
      assert.deepEqual(await answers(from), []);
    });

    for (const [how, press] of [
      ['unfolded', 'Show all 40 lines'],
      ['opened in an editor', 'Open in editor'],
      ['reviewed as a change', 'Review the change'],
    ] as const) {
      test(`a long call can be allowed only after it was ${how}`, async () => {
        const exact = Array.from({ length: 40 }, (_, index) => `echo ${index}`).join('\n');
        const from = await open(resetTo([askingItem({ exact }, { hasDiff: true })], { busy: true }));
        await from.page.waitForTimeout(settled);
        const once = from.page.getByRole('button', { name: 'Allow once' });
        assert.equal(await once.isDisabled(), true);
        assert.ok(await from.page.getByText('Read the whole call first').isVisible());
        assert.doesNotMatch((await from.page.locator('.exact').textContent()) ?? '', /echo 39/);
        await from.page.getByRole('button', { name: press }).click();
        assert.equal(await once.isEnabled(), true);
        assert.ok(!(await from.page.getByText('Read the whole call first').isVisible()));
        await once.click();
        assert.equal((await answers(from)).length, 1);
      });
    }

    test('an unfolded call is shown at full height, to the last line', async () => {
      const exact = Array.from({ length: 200 }, (_, index) => `echo ${index}`).join('\n');
      const from = await open(resetTo([askingItem({ exact })]));
      await from.page.getByRole('button', { name: 'Show all 200 lines' }).click();
      assert.equal(await from.page.locator('.exact').textContent(), exact);
      const hidden = await from.page.evaluate(
        '(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector(".exact"))',
      );
      assert.equal(hidden, 0);
    });

    test('a question out of view is pointed at', async () => {
      const many = Array.from({ length: 40 }, (_, index) => replyItem(`reply ${index}`, `reply-${index}`));
      const from = await open(resetTo(many, { busy: true }));
      await from.page.locator('.conversation').hover();
      await from.page.mouse.wheel(0, -2000);
      await from.page.waitForTimeout(100);
      await from.send({ type: 'item', item: askingItem() });
      await from.page.getByRole('button', { name: 'A question is waiting for you' }).click();
      await from.page.waitForTimeout(100);
      assert.ok(await from.page.getByRole('button', { name: 'Deny', exact: true }).isVisible());
      assert.equal(await from.page.locator('.jump').isVisible(), false);
    });
  });

  suite('tool calls', () => {
    test('a blocked call says so in words and why, with the evidence marked', async () => {
      const decision = {
        outcome: 'blocked',
        label: 'Blocked here in 0.2 ms: deletes outside the workspace',
        rule: 'outside-delete',
        reason: 'Delete only inside the workspace.',
        source: 'Built in',
        effects: ['deletes ../other'],
        evidence: [{ start: 7, end: 15 }],
        person: undefined,
        allowable: false,
      } as const;
      const from = await open(
        resetTo([
          callItem({
            title: 'rm -rf ../other',
            exact: 'rm -rf ../other',
            state: 'blocked',
            stateLabel: 'Blocked',
            decision,
          }),
        ]),
      );
      const card = from.page.getByRole('article', { name: 'Bash rm -rf ../other, Blocked' });
      const text = (await card.textContent()) ?? '';
      for (const part of ['Blocked', 'outside-delete', 'Delete only inside the workspace.'])
        assert.ok(text.includes(part), part);
      const why = from.page.getByRole('button', { name: 'Why?' });
      assert.equal(await why.getAttribute('aria-expanded'), 'false');
      await why.press('Enter');
      assert.equal(await why.getAttribute('aria-expanded'), 'true');
      assert.equal(await card.locator('mark').textContent(), '../other');
      assert.match((await card.textContent()) ?? '', /deletes \.\.\/other/);
    });

    test('the buttons of a card name the item', async () => {
      const from = await open(resetTo([callItem({ hasDiff: true, hasLog: true })]));
      for (const name of ['Diff', 'Full log', 'Show call'])
        await from.page.getByRole('button', { name, exact: true }).click();
      assert.deepEqual((await from.posted()).slice(1), [
        { type: 'show-diff', itemId: 'call-1' },
        { type: 'show-log', itemId: 'call-1' },
        { type: 'show-call', itemId: 'call-1' },
      ]);
    });

    test('output follows its end in a box of its own, and what was folded stays folded', async () => {
      const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');
      const running = { state: 'running', stateLabel: 'Running', durationMs: undefined } as const;
      const from = await open(resetTo([callItem({ ...running, output: lines(50) })], { busy: true }));
      await from.send({ type: 'item', item: callItem({ ...running, output: lines(90) }) });
      const left = await from.page.evaluate(
        '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector(".output-text"))',
      );
      assert.ok(Number(left) < 2, `${left} px from the end`);
      await from.page.locator('.output summary').click();
      await from.send({ type: 'item', item: callItem({ state: 'failed', stateLabel: 'Failed', output: lines(95) }) });
      assert.equal(await from.page.locator('.output').getAttribute('open'), null);
    });
  });

  suite('text box', () => {
    test('Enter sends and empties the box, Shift+Enter starts a new line', async () => {
      const from = await open(resetTo());
      const box = from.page.getByRole('textbox');
      await box.pressSequentially('one');
      for (let line = 0; line < 4; line += 1) await box.press('Shift+Enter');
      await box.pressSequentially('two');
      const { height } = (await box.boundingBox()) ?? { height: 0 };
      await box.press('Enter');
      assert.equal(await box.inputValue(), '');
      assert.ok(((await box.boundingBox()) ?? { height: 0 }).height < height, 'the box shrinks again');
      const sent = await from.posted();
      assert.deepEqual(
        sent.filter(({ type }) => type === 'send'),
        [{ type: 'send', text: 'one\n\n\n\ntwo' }],
      );
      const last = sent.at(-1);
      assert.ok(last?.type === 'draft' && last.text === '');
      await box.press('Enter');
      await box.fill('   ');
      await box.press('Enter');
      assert.equal((await from.posted()).filter(({ type }) => type === 'send').length, 1);
    });

    test('keys of an input method neither send nor stop', async () => {
      const from = await open(resetTo([], { busy: true }));
      await from.page.getByRole('textbox').fill('にほん');
      for (const key of ['Enter', 'Escape', 'ArrowUp']) {
        await from.page.evaluate(
          `document.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", { key: ${JSON.stringify(key)}, isComposing: true, bubbles: true, cancelable: true }))`,
        );
      }
      const types = (await from.posted()).map(({ type }) => type);
      assert.ok(!types.includes('send') && !types.includes('stop'), types.join());
      assert.equal(await from.page.getByRole('textbox').inputValue(), 'にほん');
    });

    test('Escape and the stop button stop a running turn, and do nothing otherwise', async () => {
      const from = await open(resetTo());
      const stops = async () => (await from.posted()).filter(({ type }) => type === 'stop').length;
      await from.page.getByRole('textbox').press('Escape');
      assert.equal(await stops(), 0);
      assert.equal(await from.page.getByRole('button', { name: 'Stop' }).count(), 0);
      await from.send({ type: 'status', status: chatStatus({ busy: true }) });
      await from.page.getByRole('textbox').press('Escape');
      await from.page.getByRole('button', { name: 'Stop' }).click();
      assert.equal(await stops(), 2);
    });

    test('Up and Down recall messages and come back to what was typed', async () => {
      const from = await open(
        resetTo([
          { id: 'u1', type: 'user', text: 'first' },
          { id: 'u2', type: 'user', text: 'second' },
        ]),
      );
      const box = from.page.getByRole('textbox');
      await box.fill('typed');
      await box.press('Home');
      const seen: string[] = [];
      for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'End', 'ArrowDown', 'ArrowDown']) {
        await box.press(key);
        seen.push(await box.inputValue());
      }
      assert.deepEqual(seen, ['second', 'first', 'first', 'first', 'second', 'typed']);
    });

    test('Up in the middle of a text moves the cursor', async () => {
      const from = await open(resetTo([{ id: 'u1', type: 'user', text: 'first' }]));
      const box = from.page.getByRole('textbox');
      await box.fill('one\ntwo');
      await box.press('ArrowUp');
      assert.equal(await box.inputValue(), 'one\ntwo');
    });

    test('a draft is told to the extension and survives a reload', async () => {
      const from = await open(resetTo());
      await from.page.getByRole('textbox').pressSequentially('not sent yet', { delay: 20 });
      await from.page.waitForTimeout(400);
      const drafts = (await from.posted()).filter(({ type }) => type === 'draft');
      const texts = drafts.map((draft) => draft.type === 'draft' && draft.text);
      assert.equal(texts[0], 'n');
      assert.equal(texts.at(-1), 'not sent yet');
      assert.ok(drafts.length <= 4, `${drafts.length} messages for twelve keys`);
      await from.page.reload();
      await from.send(resetTo([], {}, 'not sent'));
      assert.equal(await from.page.getByRole('textbox').inputValue(), 'not sent yet');
    });

    test('a draft kept by the extension is shown, and a later reset leaves the box alone', async () => {
      const from = await open(resetTo([], {}, 'from before'));
      assert.equal(await from.page.getByRole('textbox').inputValue(), 'from before');
      await from.page.getByRole('textbox').fill('changed');
      await from.send(resetTo([], {}, ''));
      assert.equal(await from.page.getByRole('textbox').inputValue(), 'changed');
    });

    test('a suggestion fills the box and sends nothing; actions are posted', async () => {
      const welcome = {
        text: 'Hello',
        actions: [{ id: 'demo', label: 'Try the demo' }],
        suggestions: ['Fix the failing test'],
      } as const;
      const from = await open(resetTo([], { welcome }));
      await from.page.getByRole('button', { name: 'Fix the failing test' }).click();
      assert.equal(await from.page.getByRole('textbox').inputValue(), 'Fix the failing test');
      assert.equal(await focusedName(from), 'Message to the agent');
      await from.page.getByRole('button', { name: 'Try the demo' }).click();
      const sent = await from.posted();
      assert.ok(!sent.some(({ type }) => type === 'send'));
      assert.deepEqual(sent.at(-1), { type: 'action', action: 'demo' });
      await from.send({ type: 'item', item: replyItem('hi') });
      assert.equal(await from.page.locator('.welcome').isVisible(), false);
    });

    test('the mode chip names the mode and opens the choice; Skip looks like a warning', async () => {
      const theme = { kind: 'vscode-dark', tokens: { '--vscode-statusBarItem-warningBackground': 'rgb(122, 100, 0)' } };
      const from = await open(resetTo(), { theme });
      await from.page.getByRole('button', { name: 'Permission mode: Normal' }).press('Enter');
      assert.deepEqual((await from.posted()).at(-1), { type: 'pick-mode' });
      await from.send({
        type: 'status',
        status: chatStatus({ mode: { id: 'skip', label: 'Skip permissions', detail: '' } }),
      });
      const chip = from.page.getByRole('button', { name: 'Permission mode: Skip permissions' });
      assert.equal(
        await from.page.evaluate('getComputedStyle(document.querySelector(".mode")).backgroundColor'),
        'rgb(122, 100, 0)',
      );
      assert.equal(await chip.locator('.icon-warning').count(), 1);
    });
  });

  suite('conversation', () => {
    test('the end stays in view while text streams in, unless the person scrolled away', async () => {
      const from = await open(resetTo([], { busy: true }), { height: 400 });
      const fromEnd = () =>
        from.page.evaluate<number>(
          '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector(".conversation"))',
        );
      const text = (count: number) => Array.from({ length: count }, (_, index) => `Paragraph ${index}.`).join('\n\n');
      for (const count of [5, 20, 40, 60]) await from.send({ type: 'item', item: replyItem(text(count), 'r', true) });
      assert.ok((await fromEnd()) < 2);
      await from.page.locator('.conversation').hover();
      await from.page.mouse.wheel(0, -300);
      await from.page.waitForTimeout(100);
      const away = await fromEnd();
      await from.send({ type: 'item', item: replyItem(text(80), 'r', true) });
      assert.ok((await fromEnd()) > away, 'new text does not pull the view down');
      await from.page.getByRole('button', { name: 'Jump to latest' }).click();
      await from.send({ type: 'item', item: replyItem(text(90), 'r', true) });
      assert.ok((await fromEnd()) < 2);
    });

    test('only what changed is drawn again', async () => {
      const from = await open(resetTo([replyItem('one', 'a'), replyItem('two', 'b')]));
      await from.page.evaluate('for (const item of document.querySelectorAll(".item")) item.seen = true');
      await from.send(
        { type: 'item', item: replyItem('two and more', 'b') },
        { type: 'item', item: replyItem('three', 'c') },
      );
      assert.deepEqual(
        await from.page.evaluate('[...document.querySelectorAll(".item")].map((item) => item.seen === true)'),
        [true, true, false],
      );
      // A reply that was cut off is taken back: the rest stays as it is.
      await from.send(resetTo([replyItem('one', 'a'), replyItem('three', 'c')]));
      assert.deepEqual(await from.page.locator('.item').allInnerTexts(), ['one', 'three']);
      assert.equal(await from.page.evaluate('document.querySelector(".item").seen'), true);
    });

    test('screen readers hear of a reply, a block and a question, and nothing of what is restored', async () => {
      const blocked = callItem({ id: 'b', title: 'rm', state: 'blocked', stateLabel: 'Blocked' });
      const from = await open(resetTo([replyItem('old'), blocked, askingItem({}, { id: 'old' })]));
      const polite = from.page.locator('[role=status]');
      const assertive = from.page.locator('[role=alert]');
      assert.deepEqual([await polite.textContent(), await assertive.textContent()], ['', '']);
      await from.send({ type: 'item', item: replyItem('All done.', 'new') });
      assert.equal(await polite.textContent(), 'The agent replied: All done.');
      await from.send({ type: 'item', item: { ...blocked, id: 'b2' } });
      assert.match((await polite.textContent()) ?? '', /^Blocked: Bash rm\./);
      await from.send({ type: 'item', item: askingItem({ id: 'q2' }, { id: 'new' }) });
      assert.match((await assertive.textContent()) ?? '', /^Permission needed\. Bash: npm install left-pad\./);
      assert.equal(await from.page.getByRole('log').getAttribute('aria-live'), 'off');
    });

    test('500 items open quickly, and one that changes does not touch the others', async () => {
      const items = Array.from({ length: 500 }, (_, index) =>
        index % 2 === 0
          ? replyItem(
              `## Step ${index}\n\nSome **text** with \`code\`.\n\n- a\n- b\n\n\`\`\`js\nlet x = ${index};\n\`\`\``,
              `i${index}`,
            )
          : callItem({ id: `i${index}`, output: `line\nline ${index}` }),
      );
      const from = await open(resetTo());
      const time = (message: ToPage) =>
        from.page.evaluate<number>(`new Promise((done) => {
          const start = performance.now();
          window.postMessage(${JSON.stringify(message)});
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
        })`);
      const opened = await time(resetTo(items, { busy: true }));
      const updates: number[] = [];
      for (let count = 1; count <= 10; count += 1)
        updates.push(await time({ type: 'item', item: replyItem('word '.repeat(40 * count), 'last', true) }));
      const worst = Math.max(...updates);
      console.log(
        `      500 items in ${Math.round(opened)} ms, then ${Math.round(worst)} ms at most for an update (two frames included)`,
      );
      assert.equal(await from.page.locator('.item').count(), 501);
      assert.ok(opened < 4000, `opening took ${opened} ms`);
      assert.ok(worst < 250, `an update took ${worst} ms`);
    });
  });

  suite('form', () => {
    const everything = () =>
      resetTo(
        [
          { id: 'u', type: 'user', text: `A very long word: ${'x'.repeat(300)}` },
          replyItem(
            `Text with ${'y'.repeat(300)}\n\n| ${'cell '.repeat(9)}| b |\n| --- | --- |\n| ${'z'.repeat(90)} | d |\n\n\`\`\`\n${'code '.repeat(50)}\n\`\`\``,
          ),
          callItem({ title: 'w'.repeat(200), output: 'o'.repeat(500), hasDiff: true, hasLog: true }),
          askingItem({ exact: 'q'.repeat(500) }, { hasDiff: true }),
          {
            id: 'n',
            type: 'notice',
            level: 'error',
            text: 'n'.repeat(200),
            action: { id: 'retry', label: 'Try again' },
          },
        ],
        {
          busy: true,
          banner: 'Restricted Mode: only looking.',
          todos: [{ text: 't'.repeat(200), status: 'in_progress' }],
          model: 'm'.repeat(80),
          cwd: 'c'.repeat(200),
        },
      );

    for (const [title, width] of [
      ['at 280 pixels', 280],
      ['at 280 pixels and 200 % zoom', 140],
      ['in a wide editor', 900],
    ] as const) {
      test(`nothing is cut off sideways ${title}`, async () => {
        const from = await open(everything(), { width });
        const outside = await from.page.evaluate(`[...document.querySelectorAll('#chat *')]
          .filter((element) => !element.closest('.hidden-text, .code pre, .table-frame, .output-text, .call-title, .model, .folder-name, .todo-current'))
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.className || element.tagName)`);
        assert.deepEqual(outside, []);
        const box = await from.page.getByRole('textbox').boundingBox();
        assert.ok(box && box.y + box.height <= 640, 'the text box is in view');
      });
    }

    test('the text box stays usable in a low window with a long list of tasks', async () => {
      const todos = Array.from({ length: 40 }, (_, index) => ({ text: `task ${index}`, status: 'pending' as const }));
      const from = await open(resetTo([askingItem()], { todos, busy: true }), { height: 240 });
      await from.page.getByRole('textbox').fill('line\n'.repeat(30));
      const box = await from.page.getByRole('button', { name: /^Stop/ }).boundingBox();
      assert.ok(box && box.y + box.height <= 240, 'the stop button is in view');
    });

    test('nothing moves when the person asked for no motion', async () => {
      const running = callItem({ state: 'running', stateLabel: 'Running' });
      const from = await open(resetTo([running, replyItem('x', 'r', true)], { busy: true }), { reducedMotion: true });
      assert.deepEqual(await from.page.evaluate('document.getAnimations().length'), 0);
    });

    test('focus can be seen on everything that takes it', async () => {
      const theme = { kind: 'vscode-dark', tokens: { '--vscode-focusBorder': 'rgb(0, 120, 212)' } };
      const from = await open(everything(), { theme });
      await from.page.waitForTimeout(settled);
      await from.page.locator('.conversation').focus();
      let seen = 0;
      for (let step = 0; step < 40; step += 1) {
        await from.page.keyboard.press('Tab');
        const look = await from.page.evaluate<{ name: string; ring: boolean }>(`(() => {
          const element = document.activeElement;
          const frame = element.closest('.box-frame');
          const { outlineStyle, outlineColor } = getComputedStyle(element);
          const own = outlineStyle !== 'none' && outlineColor === 'rgb(0, 120, 212)';
          return { name: element === document.body ? 'BODY' : element.className || element.tagName, ring: own || (element.matches('.box') && getComputedStyle(frame).borderColor === 'rgb(0, 120, 212)') };
        })()`);
        if (look.name === 'BODY') break;
        assert.ok(look.ring, `no focus ring on ${look.name}`);
        seen += 1;
      }
      assert.ok(seen > 15, `only ${seen} stops`);
    });
  });
});
