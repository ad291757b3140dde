import { z } from 'zod';
import type { Tool } from './tool';

const todo = z.strictObject({
  content: z.string().min(1).describe('What to do, as an order: "Run the tests".'),
  activeForm: z.string().min(1).describe('The same while it is done: "Running the tests".'),
  status: z.enum(['pending', 'in_progress', 'completed']),
});
const schema = z.strictObject({ todos: z.array(todo).max(100) });

export const todoWrite: Tool<z.infer<typeof schema>> = {
  name: 'TodoWrite',
  description:
    'Replaces the todo list that the user sees. Use it for work of three steps or more; keep at most one step in progress.',
  schema,
  title: ({ todos }) => `${todos.filter(({ status }) => status === 'completed').length} of ${todos.length} done`,
  async run({ call }, { onTodos }) {
    onTodos(call.input.todos);
    return { text: 'The todo list was updated.', isError: false, display: { type: 'todos', todos: call.input.todos } };
  },
};
