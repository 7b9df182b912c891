import type { Sampler } from "@opentelemetry/sdk-trace-base";
import type * as SdkTrace from "@opentelemetry/sdk-trace-base";

/** The classes of the SDK that decide which traces are recorded. */
export type Samplers = Pick<
  typeof SdkTrace,
  "AlwaysOnSampler" | "AlwaysOffSampler" | "ParentBasedSampler" | "TraceIdRatioBasedSampler"
>;

const ALL = 1;
const DEFAULT_NAME = "parentbased_always_on";
const PARENT_BASED = "parentbased_";

/**
 * The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` name. The SDK can read them too, but asks its sampler only
 * after it has made what a span consists of, which costs more than a recorded page may.
 *
 * @param report hears of a value that is not accepted; everything is recorded then, as the specification says.
 * @see OpenTelemetry, Environment Variable Specification: General SDK Configuration.
 */
export function samplerOf(env: NodeJS.ProcessEnv, samplers: Samplers, report: (reason: string) => void): Sampler {
  const { AlwaysOnSampler, AlwaysOffSampler, ParentBasedSampler, TraceIdRatioBasedSampler } = samplers;
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
  if (make) return isParentBased ? new ParentBasedSampler({ root: make() }) : make();
  const accepted = Object.keys(makers).flatMap((one) => [one, PARENT_BASED + one]);
  report(`OTEL_TRACES_SAMPLER is "${given}". Accepted: ${accepted.join(", ")}. ${DEFAULT_NAME} is used.`);
  return new ParentBasedSampler({ root: new AlwaysOnSampler() });
}

/** The share of traces that are recorded, from 0 to 1. */
function shareOf(given: string | undefined, report: (reason: string) => void): number {
  const text = given?.trim() ?? "";
  const share = text === "" ? Number.NaN : Number(text);
  if (share >= 0 && share <= ALL) return share;
  report(`OTEL_TRACES_SAMPLER_ARG is "${text}". Accepted: a number from 0 to 1. ${ALL} is used.`);
  return ALL;
}
