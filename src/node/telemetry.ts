import type { DecisionRecord } from '../core/gate/record';
import type { Logger } from '../core/ports';
import type { DecisionExporter } from './otlpDecisions';

/** Sends decisions to an organisation's OpenTelemetry collector. */
export interface Telemetry {
  /** Is not waited for; a failure is logged. */
  note(record: DecisionRecord): void;
  /** Sends what is left. */
  dispose(): Promise<void>;
}

/**
 * The standard variables of OpenTelemetry decide: `OTEL_LOGS_EXPORTER` must name `otlp`, because a collector that was set up for
 * other programs is no wish to hear of this one. Endpoint, headers, service name and the rest are read by OpenTelemetry itself
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 * @param environment of this process; a workspace cannot change it.
 * @returns undefined when nobody asked for it; then nothing is loaded.
 */
export function createTelemetry(
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): Telemetry | undefined {
  const wanted = (environment['OTEL_LOGS_EXPORTER'] ?? '').split(',').some((name) => name.trim() === 'otlp');
  if (!wanted || /^true$/i.test(environment['OTEL_SDK_DISABLED'] ?? '')) return undefined;
  let exporter: Promise<DecisionExporter> | undefined;
  const fail = (error: unknown): void => logger.warn(`decisions are not sent to OpenTelemetry: ${String(error)}`);
  const opened = (): Promise<DecisionExporter> => {
    exporter ??= import('./otlpDecisions').then(({ createOtlpDecisions }) => createOtlpDecisions(fail));
    return exporter;
  };
  return {
    note: (record) => void opened().then(({ send }) => send(record), fail),
    dispose: async () => {
      await exporter?.then(({ close }) => close()).catch(fail);
    },
  };
}
