import type * as OpenTelemetry from "@opentelemetry/api";
import type * as SdkTrace from "@opentelemetry/sdk-trace-base";
import type { Sampler } from "@opentelemetry/sdk-trace-base";
import type { TraceParent } from "../server/trace-parent";

/** What samplers are made of. These look at nothing but the id of a trace. */
export interface SamplerParts {
  readonly api: Pick<typeof OpenTelemetry, "ROOT_CONTEXT" | "SpanKind">;
  readonly sdk: Pick<
    typeof SdkTrace,
    "AlwaysOnSampler" | "AlwaysOffSampler" | "TraceIdRatioBasedSampler" | "SamplingDecision"
  >;
}

/** Decides which requests are recorded. @param parent the caller's span; `null`: a new trace begins. */
export type IsRecorded = (traceId: string, parent: TraceParent | null) => boolean;

const ALL = 1;
const DEFAULT_NAME = "parentbased_always_on";
const PARENT_BASED = "parentbased_";

/**
 * The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` name. The SDK can read them too, but asks its sampler only
 * after it has made what a span consists of: too much for each request that is left out.
 *
 * @param report hears of a value that is not accepted; everything is recorded then, as the specification says.
 * @see OpenTelemetry, Environment Variable Specification: General SDK Configuration.
 */
export function samplerOf(env: NodeJS.ProcessEnv, parts: SamplerParts, report: (reason: string) => void): IsRecorded {
  const { AlwaysOnSampler, AlwaysOffSampler, TraceIdRatioBasedSampler } = parts.sdk;
  const makers: Readonly<Record<string, () => Sampler>> = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(shareOf(env["OTEL_TRACES_SAMPLER_ARG"], report)),
  };
  const given = env["OTEL_TRACES_SAMPLER"]?.trim() ?? "";
  const name = given === "" ? DEFAULT_NAME : given;
  const isParentBased = name.startsWith(PARENT_BASED);
  const rule = isParentBased ? name.slice(PARENT_BASED.length) : name;
  const make = Object.hasOwn(makers, rule) ? makers[rule] : undefined;
  if (make) return decide(parts, make(), isParentBased);
  const accepted = Object.keys(makers).flatMap((one) => [one, PARENT_BASED + one]);
  report(`OTEL_TRACES_SAMPLER is "${given}". Accepted: ${accepted.join(", ")}. ${DEFAULT_NAME} is used.`);
  return decide(parts, new AlwaysOnSampler(), true);
}

/** @param isParentBased the decision of the caller's span is taken, where there is one. */
function decide({ api, sdk }: SamplerParts, sampler: Sampler, isParentBased: boolean): IsRecorded {
  const { ROOT_CONTEXT, SpanKind } = api;
  const { RECORD_AND_SAMPLED } = sdk.SamplingDecision;
  return (traceId, parent) => {
    if (isParentBased && parent) return parent.isSampled;
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, traceId, "", SpanKind.SERVER, {}, []);
    return decision === RECORD_AND_SAMPLED;
  };
}

/** The share of traces that are recorded, from 0 to 1. */
function shareOf(given: string | undefined, report: (reason: string) => void): number {
  const text = given?.trim() ?? "";
  const share = text === "" ? Number.NaN : Number(text);
  if (share >= 0 && share <= ALL) return share;
  report(`OTEL_TRACES_SAMPLER_ARG is "${text}". Accepted: a number from 0 to 1. ${ALL} is used.`);
  return ALL;
}
