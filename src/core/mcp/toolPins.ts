import { visible } from '../gate/visible';
import type { VettedTool } from './vetTools';

/** What each tool of a server said of itself when the person last agreed, by name. */
export type ToolPins = Readonly<Record<string, string>>;

/** Why the person is asked about a tool again. */
export interface ToolChange {
  readonly tool: VettedTool;
  /** Lines that went and came, `- ` and `+ ` before them; undefined for a tool that is new and suspicious. */
  readonly difference: string | undefined;
}

/**
 * Divides a server's tools into those that are as they were agreed to and those that ask (rule R33). At the first meeting what is
 * not suspicious is taken as it is, since each call goes through the gate; from then on any other word asks, and so does a tool
 * that was not there.
 */
export function comparePins(
  tools: readonly VettedTool[],
  pins: ToolPins | undefined,
): { readonly same: readonly VettedTool[]; readonly asks: readonly ToolChange[] } {
  const same: VettedTool[] = [];
  const asks: ToolChange[] = [];
  for (const tool of tools) {
    const known = pins && Object.hasOwn(pins, tool.name) ? pins[tool.name] : undefined;
    if (known === tool.says || (!pins && !tool.suspicion)) same.push(tool);
    else asks.push({ tool, difference: pins ? differenceOf(known ?? '', tool.says) : undefined });
  }
  return { same, asks };
}

export function pin(pins: ToolPins | undefined, tools: readonly VettedTool[]): ToolPins {
  return { ...pins, ...Object.fromEntries(tools.map(({ name, says }) => [name, says])) };
}

function differenceOf(before: string, after: string): string {
  const old = before.split('\n');
  const now = after.split('\n');
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${visible(line)}`);
  const came = now.filter((line) => !old.includes(line)).map((line) => `+ ${visible(line)}`);
  const lines = [...gone, ...came].filter((line) => line.trim().length > 1);
  // The same lines in another order are another text nevertheless.
  return lines.length > 0 ? lines.join('\n') : `- ${visible(before)}\n+ ${visible(after)}`;
}
