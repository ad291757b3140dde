import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import type { Analysis } from './analysis';
import { noPast, type Past } from './changes';
import { fileTools, judgeFileTool } from './edits';
import type { Facts, Place } from './facts';
import { isMcp, judgeMcp } from './mcp';
import { createReport, type Remark, withoutRecovery } from './report';
import type { Registry } from './shell/families/family';
import { registry } from './shell/families/index';
import { judgeCommand } from './shell/judgeCommand';
import { judgeWeb, webTools } from './web';

/**
 * Works out what a call would do, without a model and without running anything: its effects, and whether they are known to be
 * harmless, known to be harmful, or neither. Never throws: what it did not expect is unsure.
 * @param past what earlier calls of the session left behind.
 * @param families what is known of programs; another set only in tests.
 */
export function analyze(
  call: ToolCall,
  place: Place,
  facts: Facts,
  past: Past = noPast,
  families: Registry = registry,
): Analysis {
  try {
    return analyzeOrThrow(call, place, facts, past, families);
  } catch {
    const report = createReport({ place, facts, past });
    report.opaque();
    report.doubt('analysis.internal', say('the analysis did not expect this call and could not finish'));
    return report.analysis(nothing);
  }
}

function analyzeOrThrow(call: ToolCall, place: Place, facts: Facts, past: Past, families: Registry): Analysis {
  const background = call.tool === 'Bash' && goesOn(call.input);
  const world = { place, facts, past };
  // What is kept for an undo is what stands there when the call ends, and this one has only begun then.
  const report = createReport(background ? withoutRecovery(world) : world);
  if (background) report.goesOn();
  if (fileTools.has(call.tool)) {
    judgeFileTool(report, call, families);
    return report.analysis(
      call.tool === 'Write' || call.tool === 'Edit' || call.tool === 'NotebookEdit'
        ? { rule: 'edits.workspace', reason: say('it changes a file inside the workspace that is not protected') }
        : undefined,
    );
  }
  if (webTools.has(call.tool)) {
    judgeWeb(report, call);
    return report.analysis();
  }
  if (isMcp(call)) {
    judgeMcp(report, call, families);
    return report.analysis({
      rule: 'mcp.arguments',
      reason: say('its name says that it only looks, and its arguments are harmless'),
    });
  }
  switch (call.tool) {
    case 'Bash':
      judgeCommand(report, call.input, families);
      return report.analysis();
    case 'BashOutput':
    case 'KillShell':
      return report.analysis({ rule: 'jobs.own', reason: say('it only concerns a command that this session started') });
    case 'AskUserQuestion':
      return report.analysis({ rule: 'asks', reason: say('it only asks you something') });
    case 'TodoWrite':
      return report.analysis({ rule: 'todo', reason: say('it only changes the list of things to do') });
    default:
      report.opaque();
      report.effect('execute', { type: 'unknown', what: call.tool }, undefined, 'certain');
      report.doubt('tool.unknown', say('what the tool {0} does is not known', call.tool));
      return report.analysis(nothing);
  }
}

/** Anything but a plain no counts. */
function goesOn(input: unknown): boolean {
  const flag = (input as { run_in_background?: unknown } | null)?.run_in_background;
  return flag !== undefined && flag !== false;
}

const nothing: Remark = { rule: 'none', reason: say('it does nothing') };
