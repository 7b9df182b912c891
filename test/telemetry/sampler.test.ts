import { describe, expect, it } from "@jest/globals";
import * as api from "@opentelemetry/api";
import * as sdk from "@opentelemetry/sdk-trace-base";
import { samplerOf } from "../../src/telemetry/sampler";
import { TraceIds } from "../../src/telemetry/trace-ids";

const NAMES = ["always_on", "always_off", "traceidratio"].flatMap((name) => [name, `parentbased_${name}`]);
const ids = new TraceIds();
const CALLERS = [null, true, false];
const TRACES = Array.from({ length: 200 }, () => ids.generateTraceId());

function contextOf(traceId: string, isSampled: boolean | null): api.Context {
  if (isSampled === null) return api.ROOT_CONTEXT;
  const traceFlags = isSampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, {
    traceId,
    spanId: ids.generateSpanId(),
    traceFlags,
    isRemote: true,
  });
}

/** For each trace, whether it is recorded: without a caller's span, and inside one that is sampled or is not. */
function decisions(env: Record<string, string>) {
  const reports: string[] = [];
  const isRecorded = samplerOf(env, { api, sdk }, (reason) => reports.push(reason));
  const recorded = TRACES.flatMap((traceId) =>
    CALLERS.map((isSampled) =>
      isRecorded(traceId, isSampled === null ? null : { traceId, spanId: ids.generateSpanId(), isSampled }),
    ),
  );
  return { recorded, reports };
}

/** The same of the SDK, which reads these variables for itself. */
function decisionsOfSdk(env: Record<string, string>): readonly boolean[] {
  const before = process.env;
  process.env = { ...before, ...env };
  try {
    const provider = new sdk.BasicTracerProvider({ idGenerator: ids });
    return TRACES.flatMap((traceId) =>
      CALLERS.map((isSampled) =>
        ids.withTraceId(traceId, () =>
          provider.getTracer("test").startSpan("POST /graphql", {}, contextOf(traceId, isSampled)).isRecording(),
        ),
      ),
    );
  } finally {
    process.env = before;
  }
}

describe("samplerOf", () => {
  it.each(NAMES)("decides as the SDK does: %s", (name) => {
    const env = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: "0.3" };
    expect(decisions(env)).toEqual({ recorded: decisionsOfSdk(env), reports: [] });
  });

  it("records everything that the caller samples where nothing is set", () => {
    expect(decisions({})).toEqual({ recorded: TRACES.flatMap(() => [true, true, false]), reports: [] });
    expect(decisions({ OTEL_TRACES_SAMPLER: " " })).toEqual(decisions({}));
  });

  it.each(["sometimes", "constructor", "parentbased_", "parentbased_parentbased_always_on"])(
    "reports a name that is not accepted: %s",
    (name) => {
      expect(decisions({ OTEL_TRACES_SAMPLER: name })).toEqual({
        recorded: decisions({}).recorded,
        reports: [
          `OTEL_TRACES_SAMPLER is "${name}". Accepted: always_on, parentbased_always_on, always_off, parentbased_always_off, traceidratio, parentbased_traceidratio. parentbased_always_on is used.`,
        ],
      });
    },
  );

  it.each(["", "many", "1.5", "-0.1", "NaN"])("reports a share that is not accepted: %j", (share) => {
    expect(decisions({ OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: share })).toEqual({
      recorded: TRACES.flatMap(() => [true, true, true]),
      reports: [`OTEL_TRACES_SAMPLER_ARG is "${share}". Accepted: a number from 0 to 1. 1 is used.`],
    });
  });
});

describe("TraceIds", () => {
  it("are hexadecimal text of the lengths that W3C Trace Context asks for, each another", () => {
    const traces = Array.from({ length: 5_000 }, () => ids.generateTraceId());
    const spans = Array.from({ length: 5_000 }, () => ids.generateSpanId());
    expect(traces.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
    expect(spans.filter((id) => !/^[\da-f]{16}$/.test(id))).toEqual([]);
    expect(new Set([...traces, ...spans]).size).toBe(10_000);
  });

  it("take a chosen one while its trace begins, and no longer", () => {
    const chosen = "0af7651916cd43dd8448eb211c80319c";
    expect(ids.withTraceId(chosen, () => ids.generateTraceId())).toBe(chosen);
    expect(() => ids.withTraceId(chosen, () => fail())).toThrow("no span");
    expect(ids.generateTraceId()).not.toBe(chosen);
  });
});

function fail(): never {
  throw new Error("no span");
}
