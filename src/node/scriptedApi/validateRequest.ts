import type { z } from 'zod';
import { alwaysThinks, modelVersion, refusesBudget, thinksAdaptively } from '../anthropic/thinkingConfig';
import { type MessagesRequest, requestSchema } from './requestSchema';
import { type IssuedMessages, validateConversation } from './validateConversation';

/** An error answer: HTTP status and what stands in the body. */
export interface ApiProblem {
  readonly status: number;
  readonly errorType: string;
  readonly message: string;
}

export type Validated =
  | { readonly ok: true; readonly body: MessagesRequest }
  | { readonly ok: false; readonly problem: ApiProblem };

/** Highest `max_tokens` of the present models (platform.claude.com, "Models overview"). */
const mostOutput = 128_000;
/** Removed with API version 2026-10-21 (platform.claude.com, "Migrating to API version 2026-10-21"). */
const removedParameters = ['temperature', 'top_p', 'top_k'];

/**
 * Refuses what the Messages API refuses, with a status, type and text like its own.
 * @param version the `anthropic-version` header.
 */
export function validateRequest(json: unknown, version: string, issued: IssuedMessages): Validated {
  const given = withoutRemoved(json, version);
  if (typeof given === 'string') return invalid(given);
  const parsed = requestSchema.safeParse(given);
  if (!parsed.success) return invalid(describeIssue(parsed.error.issues[0]));
  const body = parsed.data;
  if (!/^claude-[a-z0-9-]+$/.test(body.model))
    return { ok: false, problem: { status: 404, errorType: 'not_found_error', message: `model: ${body.model}` } };
  const wrong = limits(body) ?? thinkingProblem(body) ?? toolProblem(body) ?? validateConversation(body, issued);
  return wrong === undefined ? { ok: true, body } : invalid(wrong);
}

function invalid(message: string): Validated {
  return { ok: false, problem: { status: 400, errorType: 'invalid_request_error', message } };
}

/** Sampling parameters are unknown fields in the present version, and are passed over in the one before. */
function withoutRemoved(json: unknown, version: string): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json);
  const removed = entries.find(([name]) => removedParameters.includes(name));
  if (removed && version !== '2023-06-01') return `${removed[0]}: Extra inputs are not permitted`;
  return Object.fromEntries(entries.filter(([name]) => !removedParameters.includes(name)));
}

function limits(body: MessagesRequest): string | undefined {
  if (body.max_tokens > mostOutput)
    return `max_tokens: ${body.max_tokens} > ${mostOutput}, which is the maximum allowed number of output tokens for ${body.model}`;
  const marks = countBreakpoints(body);
  return marks > 4 ? `A maximum of 4 blocks with cache_control may be provided. Found ${marks}.` : undefined;
}

function countBreakpoints({ cache_control, system, tools = [], messages }: MessagesRequest): number {
  const blocks = [
    { cache_control },
    ...tools,
    ...(Array.isArray(system) ? system : []),
    ...messages.flatMap(({ content }) => (Array.isArray(content) ? content : [])),
  ];
  return blocks.filter((block) => 'cache_control' in block && block.cache_control).length;
}

function thinkingProblem({ model, thinking, max_tokens, tool_choice }: MessagesRequest): string | undefined {
  const version = modelVersion(model);
  if (!thinking || !version) return undefined;
  if (thinking.type === 'disabled')
    return alwaysThinks(version) ? '"thinking.type.disabled" is not supported for this model.' : undefined;
  if (thinking.type === 'adaptive' && !thinksAdaptively(version))
    return 'adaptive thinking is not supported on this model';
  if (thinking.type === 'enabled') {
    if (refusesBudget(version))
      return '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.';
    if (thinking.budget_tokens >= max_tokens) return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  }
  return tool_choice?.type === 'any' || tool_choice?.type === 'tool'
    ? 'Thinking may not be enabled when tool_choice forces tool use.'
    : undefined;
}

function toolProblem({ tools = [], tool_choice, system }: MessagesRequest): string | undefined {
  const names = tools.map(({ name }) => name);
  if (new Set(names).size < names.length) return 'tools: Tool names must be unique.';
  if (tool_choice?.type === 'tool' && !names.includes(tool_choice.name))
    return `tool_choice: Tool '${tool_choice.name}' not found in provided tools`;
  const empty = Array.isArray(system) ? system.findIndex(({ text }) => text === '') : -1;
  return empty >= 0 ? `system.${empty}: text content blocks must be non-empty` : undefined;
}

type Issue = z.core.$ZodIssue;

/** One shape problem in the words of the API: the path, then what is wrong. */
function describeIssue(issue: Issue | undefined, above: readonly PropertyKey[] = []): string {
  if (!issue) return 'Invalid request';
  const path = [...above, ...issue.path];
  const at = path.length > 0 ? `${path.join('.')}: ` : '';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${[...path, issue.keys[0]].join('.')}: Extra inputs are not permitted`;
    case 'invalid_union':
      return issue.errors.length > 0
        ? describeIssue(closest(issue.errors), path)
        : `${at}Input tag found using 'type' does not match any of the expected tags`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? `${at}Field required`
        : `${at}Input should be a valid ${issue.expected}`;
    case 'too_small':
      return path.length === 1 && path[0] === 'messages'
        ? 'messages: at least one message is required'
        : `${at}Input should be greater than or equal to ${issue.minimum}`;
    default:
      return `${at}${issue.message}`;
  }
}

/** Of the alternatives of a union, the one that was understood furthest. */
function closest(alternatives: readonly (readonly Issue[])[]): Issue | undefined {
  const depth = (issue: Issue | undefined): number =>
    issue === undefined ? -1 : issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0);
  return alternatives
    .map((issues) => issues[0])
    .sort((a, b) => depth(b) - depth(a))
    .at(0);
}
