import { wholeNumber } from "../kinds/number.kinds";
import { orDefault, type Values } from "../variable";

/** Limits of one operation, and of one request's body. */
export const limitsVariables = {
  MAX_DEPTH: orDefault(wholeNumber(1), 15),
  MAX_ALIASES: orDefault(wholeNumber(0), 60),
  MAX_TOKENS: orDefault(wholeNumber(1), 5000),
  MAX_NODES: orDefault(wholeNumber(1), 20_000),
  MAX_PROVIDER_CALLS: orDefault(wholeNumber(0), 20),
  BODY_LIMIT_BYTES: orDefault(wholeNumber(1), 262_144),
};

/** `nodes` are page sizes multiplied along the selection; `providerCalls` are counted as if nothing were recorded. */
export interface LimitsConfig {
  readonly depth: number;
  readonly aliases: number;
  readonly tokens: number;
  readonly nodes: number;
  readonly providerCalls: number;
  readonly bodyBytes: number;
}

/** The limits, from their variables. */
export function limitsConfig(values: Values<typeof limitsVariables>): LimitsConfig {
  return {
    depth: values.MAX_DEPTH,
    aliases: values.MAX_ALIASES,
    tokens: values.MAX_TOKENS,
    nodes: values.MAX_NODES,
    providerCalls: values.MAX_PROVIDER_CALLS,
    bodyBytes: values.BODY_LIMIT_BYTES,
  };
}
