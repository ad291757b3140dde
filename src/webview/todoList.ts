import { el, setChildren } from './dom';
import { type IconName, icon } from './icons';
import type { Page } from './page';
import type { TodoView } from './protocol';
import type { StringKey } from './strings';

const looks = {
  pending: { icon: 'circle', label: 'taskPending' },
  in_progress: { icon: 'active', label: 'taskInProgress' },
  completed: { icon: 'check', label: 'taskCompleted' },
} as const satisfies Record<TodoView['status'], { icon: IconName; label: StringKey }>;

/** The agent's list of tasks, above the box. Folded, it still shows how far it is and what is being done. */
export function createTodoList({ t }: Page) {
  const summary = el('summary');
  const list = el('ol', { class: 'todo-items' });
  const element = el('details', { class: 'todos', open: true, hidden: true }, summary, list);
  let drawn = '';

  return {
    element,
    update(todos: readonly TodoView[]): void {
      element.hidden = todos.length === 0;
      const key = JSON.stringify(todos);
      if (key === drawn) return;
      drawn = key;
      const done = todos.filter(({ status }) => status === 'completed').length;
      const current = todos.find(({ status }) => status === 'in_progress');
      setChildren(
        summary,
        el('span', { class: 'todo-title' }, t('tasks')),
        el('span', { class: 'todo-count' }, t('tasksDone', done, todos.length)),
        current && el('span', { class: 'todo-current', dir: 'auto' }, current.text),
      );
      setChildren(list, ...todos.map((todo) => todoRow(todo, t(looks[todo.status].label))));
    },
  };
}

function todoRow({ text, status }: TodoView, label: string): HTMLElement {
  return el(
    'li',
    { class: `todo todo-${status}` },
    icon(looks[status].icon),
    el('span', { class: 'hidden-text' }, `${label}: `),
    el('span', { dir: 'auto' }, text),
  );
}
