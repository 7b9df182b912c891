import type * as OpenTelemetry from "@opentelemetry/api";

/** Has the SDK report failures, such as a collector that does not answer. */
export function reportFailures({ diag, DiagLogLevel }: typeof OpenTelemetry, report: (reason: string) => void): void {
  const ignore = (): void => undefined;
  const logger = { error: report, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
