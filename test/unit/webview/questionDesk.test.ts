import assert from 'node:assert/strict';
import { createQuestionDesk } from '../../../src/webview/questionDesk';

suite('question desk', () => {
  test('a question is answered once, and is not waiting afterwards', () => {
    const desk = createQuestionDesk();
    const question = { id: 'q', element: {} as HTMLElement, focusDeny() {} };
    desk.open(question);
    assert.equal(desk.waiting(), question);
    assert.equal(desk.answer('q'), true);
    assert.equal(desk.answer('q'), false);
    assert.equal(desk.waiting(), undefined);
    assert.equal(desk.wasAnswered('q'), true);
  });
});
