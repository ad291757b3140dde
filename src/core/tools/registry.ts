import { type ZodType, z } from 'zod';
import type { Approved } from '../gate/gate';
import { callId } from '../ids';
import type { ToolSpec } from '../ports';
import { askUserQuestion } from './askUserQuestion';
import { bash } from './bash';
import { bashOutput } from './bashOutput';
import type { ToolCall, ToolResult } from './call';
import { edit } from './edit';
import { glob } from './glob';
import { grep } from './grep';
import { killShell } from './killShell';
import { notebookEdit } from './notebookEdit';
import { type OfferedTool, offeredName, type ToolArguments } from './offeredTool';
import { read } from './read';
import { shorten, startOf } from './shortText';
import { todoWrite } from './todoWrite';
import type { Tool, ToolContext } from './tool';
import { webFetch } from './webFetch';
import { webSearch } from './webSearch';
import { write } from './write';

/** What the model asked for, as it stands in its message. */
export interface ToolUse {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export type Validated = { readonly ok: true; readonly call: ToolCall } | { readonly ok: false; readonly text: string };

/** The tools there are now; a name that is not among them is an error result, never a decision. */
export interface ToolRegistry {
  readonly names: readonly string[];
  specs(): readonly ToolSpec[];
  /** Checks name and input. Never throws; `text` tells the model what is wrong, field by field. */
  validate(use: ToolUse): Validated;
  /** One line for cards and prompts. */
  title(call: ToolCall): string;
  /** The whole call as it would run; nothing is left out. */
  exact(call: ToolCall): string;
  run(approved: Approved<ToolCall>, context: ToolContext): Promise<ToolResult>;
}

/** A tool whose input type is hidden behind its own schema: what `validate` lets through is what `run` gets. */
interface AnyTool {
  readonly spec: ToolSpec;
  parse(
    input: unknown,
  ): { readonly ok: true; readonly input: unknown } | { readonly ok: false; readonly problems: readonly string[] };
  title(input: unknown): string;
  run(approved: Approved<ToolCall>, context: ToolContext): Promise<ToolResult>;
}

function erase<Input>(tool: Tool<Input>): AnyTool {
  const { $schema: _dialect, ...inputSchema } = z.toJSONSchema(tool.schema) as Record<string, unknown>;
  return {
    spec: { name: tool.name, description: tool.description, inputSchema },
    parse(input) {
      const parsed = tool.schema.safeParse(input);
      if (parsed.success) return { ok: true, input: parsed.data };
      return {
        ok: false,
        problems: parsed.error.issues.map(({ path, message }) =>
          path.length > 0 ? `${path.join('.')}: ${message}` : message,
        ),
      };
    },
    title(input) {
      const parsed = tool.schema.safeParse(input);
      return parsed.success ? tool.title(parsed.data) : tool.name;
    },
    async run(approved, context) {
      if (!hasInput(tool.schema, approved))
        return { text: `The input of this ${tool.name} call is not valid.`, isError: true };
      return tool.run(approved, context);
    },
  };
}

/** The one place where the type of an input comes back: it is checked again, whoever made the call that was approved. */
function hasInput<Input>(schema: ZodType<Input>, approved: Approved<ToolCall>): approved is Approved<ToolCall<Input>> {
  return schema.safeParse(approved.call.input).success;
}

const anyArguments: ZodType<ToolArguments> = z.record(z.string(), z.unknown());
/** Characters of the arguments of one call of another program's tool. */
const argumentLimit = 500_000;

/** Another program's tool among ours. */
function adopt({ run, spec }: OfferedTool): AnyTool {
  return {
    spec,
    parse(input) {
      const parsed = anyArguments.safeParse(input);
      if (!parsed.success) return { ok: false, problems: ['must be an object'] };
      if (JSON.stringify(parsed.data).length > argumentLimit) return { ok: false, problems: ['is too long'] };
      return { ok: true, input: parsed.data };
    },
    title: (input) => startOf(JSON.stringify(input) ?? '', 200),
    async run(approved, context) {
      if (!hasInput(anyArguments, approved))
        return { text: `The input of this ${spec.name} call is not valid.`, isError: true };
      return run(approved, context);
    },
  };
}

/** @param offered tools of other programs as they are now; one whose name could be read in two ways is not taken. */
export function createRegistry(offered: () => readonly OfferedTool[] = () => []): ToolRegistry {
  const own = new Map<string, AnyTool>(
    [
      ...[erase(bash), erase(read), erase(write), erase(edit), erase(glob), erase(grep), erase(todoWrite)],
      ...[
        erase(webFetch),
        erase(webSearch),
        erase(bashOutput),
        erase(killShell),
        erase(notebookEdit),
        erase(askUserQuestion),
      ],
    ].map((tool) => [tool.spec.name, tool]),
  );
  const others = (): readonly OfferedTool[] => offered().filter(({ spec }) => offeredName.test(spec.name));
  const find = (name: string): AnyTool | undefined => {
    const other = own.has(name) ? undefined : others().find(({ spec }) => spec.name === name);
    return other ? adopt(other) : own.get(name);
  };
  const specs = (): readonly ToolSpec[] => [
    ...[...own.values()].map(({ spec }) => spec),
    ...others().map(({ spec }) => spec),
  ];
  return {
    get names() {
      return specs().map(({ name }) => name);
    },
    specs,
    validate({ id, name, input }) {
      const tool = find(name);
      if (!tool) {
        const names = specs().map((spec) => spec.name);
        return { ok: false, text: `There is no tool ${JSON.stringify(name)}. The tools are ${names.join(', ')}.` };
      }
      if (input === undefined)
        return {
          ok: false,
          text: `The input of this ${name} call was not valid JSON, so it was not run. Send the whole input again as one JSON object.`,
        };
      const parsed = tool.parse(input);
      if (!parsed.ok)
        return {
          ok: false,
          text: `The input of this ${name} call is not valid, so it was not run:\n- ${parsed.problems.join('\n- ')}`,
        };
      return { ok: true, call: { id: callId(id), tool: name, input: parsed.input } };
    },
    title: (call) => find(call.tool)?.title(call.input) ?? call.tool,
    exact,
    async run(approved, context) {
      const tool = find(approved.call.tool);
      // Another program's tool may have gone, or have changed what it says of itself, since it was asked for.
      if (!tool) return { text: `There is no tool ${approved.call.tool} any more, so it was not run.`, isError: true };
      const result = await tool.run(approved, context);
      return { ...result, text: shorten(result.text, context.limits.outputChars) };
    },
  };
}

function exact({ tool, input }: ToolCall): string {
  const fields = input as Readonly<Record<string, unknown>>;
  switch (tool) {
    case 'Bash':
      return `${fields['command']}${fields['run_in_background'] === true ? '\n\n(in the background)' : ''}`;
    case 'Write':
      return `${fields['file_path']}\n\n${fields['content']}`;
    case 'Edit':
      return `${fields['file_path']}${fields['replace_all'] ? ' (every occurrence)' : ''}\n\n${prefix('- ', fields['old_string'])}\n${prefix('+ ', fields['new_string'])}`;
    default:
      return Object.entries(fields)
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join('\n');
  }
}

function prefix(mark: string, text: unknown): string {
  return String(text)
    .split('\n')
    .map((line) => mark + line)
    .join('\n');
}
