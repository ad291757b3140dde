import { DiagLogLevel, diag } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import type { DecisionRecord } from '../core/gate/record';

/** A connection to a collector. Loaded only where somebody asked for it. */
export interface DecisionExporter {
  send(record: DecisionRecord): void;
  close(): Promise<void>;
}

/** Under which this program is known when `OTEL_SERVICE_NAME` says nothing. */
const serviceName = 'gatehouse';

/** @param onFailure told of every export that failed. */
export function createOtlpDecisions(onFailure: (error: unknown) => void): DecisionExporter {
  // The library says there what went wrong and goes on; nothing else would hear of it.
  const quiet = (): void => {};
  diag.setLogger(
    {
      error: (message, ...more) => onFailure([message, ...more].map(String).join(' ')),
      warn: quiet,
      info: quiet,
      debug: quiet,
      verbose: quiet,
    },
    DiagLogLevel.ERROR,
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const processor = new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() });
  const provider = new LoggerProvider({ resource, processors: [processor] });
  const log = provider.getLogger(serviceName);
  return {
    send(record) {
      log.emit({
        eventName: 'gatehouse.decision',
        timestamp: Date.parse(record.at),
        severityNumber: record.outcome === 'allowed' ? SeverityNumber.INFO : SeverityNumber.WARN,
        attributes: decisionAttributes(record),
      });
    },
    close: () => provider.shutdown(),
  };
}

/**
 * What an organisation needs for counting: what was decided, by what, and at what cost. The call itself, its folder and the
 * sentence that explains the decision name files, hosts and words of the user's, so they stay in the audit log.
 */
export function decisionAttributes(record: DecisionRecord): Record<string, string | number> {
  const { cost, decision, effects, id, mode, outcome, person, rule, shadow, source, step, tool } = record;
  const { model, usage } = cost;
  return {
    'decision.id': id,
    'decision.outcome': outcome,
    'decision.before_asking': decision,
    'decision.step': step,
    // The rule of a list is the user's or the administrator's own text.
    'decision.rule': /^[a-z-]+(?:\.[a-z-]+)+$/.test(rule) ? rule : step,
    'decision.source': source,
    'decision.mode': mode,
    'decision.tool': tool,
    'decision.effects': [...new Set(effects.map((effect) => effect.split(' ', 1)[0] ?? ''))].sort().join(','),
    'decision.gate_micros': cost.micros,
    'decision.person': person ?? 'not asked',
    ...(shadow && { 'decision.in_auto': shadow }),
    ...(model !== undefined && { 'decision.model': model, 'decision.model_ms': Math.round(cost.modelMs) }),
    ...(usage && {
      'decision.input_tokens': usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens,
      'decision.cache_read_tokens': usage.cacheReadTokens,
      'decision.output_tokens': usage.outputTokens,
    }),
  };
}
