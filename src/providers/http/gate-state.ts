import { z } from "zod";
import type { GateOptions } from "./call-gate";
import { FAILURES_IN_A_ROW, PROBE_AFTER_MS, type CircuitName } from "./circuit";
import { isOutage, type Held, type SendOutcome } from "./outcome";

/** The state of a gate as several processes share it. Times are milliseconds since the epoch. */
const State = z.object({
  /** Tokens of the limiter; below zero where requests wait for theirs. */
  tokens: z.number(),
  countedAt: z.number(),
  outagesInARow: z.number(),
  /** When a probe may be sent; `null` while the circuit is closed. */
  probeAt: z.number().nullable(),
  /** The probe that runs. It counts as lost at `until`: its process has died. */
  probe: z.object({ id: z.string(), until: z.number() }).nullable(),
  /** What the provider's answers told of its own limits. */
  quota: z.unknown(),
});

/** The state of a gate, as plain data. */
export type GateState = Readonly<z.infer<typeof State>>;

/** What a request may do next. */
export type Turn =
  | Held
  | { readonly kind: "go" }
  /** Another request is the probe. */
  | { readonly kind: "probed" }
  /** It has a token, and comes again after this time. */
  | { readonly kind: "wait"; readonly ms: number };

/** A request that wants to be sent. */
export interface Request {
  readonly id: string;
  /** Whether it has taken its token of the limiter. */
  readonly hasToken: boolean;
}

/** A state, and what it means for the request that changed it. */
export interface Changed<T> {
  readonly state: GateState;
  readonly result: T;
}

/** An attempt takes at most its timeout; a process that ends it later than this has died. */
const GRACE_MS = 5_000;

/** How long a request that has begun counts as running, at most. */
export function longestAttemptMs({ timeoutMs }: Pick<GateOptions, "timeoutMs">): number {
  return timeoutMs + GRACE_MS;
}

/** Reads a stored state; one of another version of this program counts as none. */
export function parseGateState(stored: unknown, { burst, now }: GateOptions): GateState {
  const read = State.safeParse(stored);
  if (read.success) return read.data;
  return { tokens: burst, countedAt: now(), outagesInARow: 0, probeAt: null, probe: null, quota: null };
}

/** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
export function circuitOf({ probe, probeAt }: GateState, now: number): CircuitName {
  if (probe && probe.until > now) return "HALF_OPEN";
  return probeAt === null ? "CLOSED" : "OPEN";
}

/** Why the circuit breaker lets no request through. */
export function heldByCircuit(state: GateState, now: number): Held | null {
  const { probeAt } = state;
  if (circuitOf(state, now) !== "OPEN" || probeAt === null || now >= probeAt) return null;
  return { kind: "held", by: "circuit", until: new Date(probeAt) };
}

/** Lets a request go, or says why it must wait or is held. One that is held has no token afterwards. */
export function enter(before: GateState, request: Request, options: GateOptions): Changed<Turn> {
  const now = options.now();
  const state = dripped(before, now, options);
  const held = heldByCircuit(state, now) ?? heldByQuota(state, now, options);
  if (held) return { state: request.hasToken ? withToken(state, options) : state, result: held };
  if (circuitOf(state, now) === "HALF_OPEN") return { state, result: { kind: "probed" } };
  if (request.hasToken) return { state: begun(state, request.id, now, options), result: { kind: "go" } };
  const ms = Math.max(0, Math.ceil(((1 - state.tokens) / options.ratePerSecond) * 1_000));
  if (ms > options.timeoutMs) return { state, result: { kind: "held", by: "limiter", until: new Date(now + ms) } };
  const taken = { ...state, tokens: state.tokens - 1 };
  if (ms > 0) return { state: taken, result: { kind: "wait", ms } };
  return { state: begun(taken, request.id, now, options), result: { kind: "go" } };
}

/** Returns the token of a request that was not sent. */
export function withToken(state: GateState, { burst }: Pick<GateOptions, "burst">): GateState {
  return { ...state, tokens: Math.min(state.tokens + 1, burst) };
}

/** Counts the result of a request. @param outcome `null`: it was aborted, which is neither an outage nor a success. */
export function leave(state: GateState, id: string, outcome: SendOutcome | null, options: GateOptions): GateState {
  const now = options.now();
  const quota = options.newQuota?.(state.quota ?? undefined);
  quota?.end(outcome?.kind === "answered" ? outcome.headers : null, now);
  const left = quota ? { ...state, quota: quota.state } : state;
  const nextProbeAt = now + PROBE_AFTER_MS;
  if (state.probe?.id === id) {
    const probeAt = outcome && !isOutage(outcome) ? null : nextProbeAt;
    return { ...left, probe: null, probeAt, outagesInARow: 0 };
  }
  if (!outcome || state.probeAt !== null) return left; // another request opened it in the meantime
  const outagesInARow = isOutage(outcome) ? state.outagesInARow + 1 : 0;
  return { ...left, outagesInARow, probeAt: outagesInARow >= FAILURES_IN_A_ROW ? nextProbeAt : null };
}

function begun(state: GateState, id: string, now: number, options: GateOptions): GateState {
  const quota = options.newQuota?.(state.quota ?? undefined);
  quota?.begin(now);
  const probe = state.probeAt === null ? null : { id, until: now + longestAttemptMs(options) };
  return { ...state, probe, ...(quota ? { quota: quota.state } : {}) };
}

/** The clocks of two machines differ: time never goes back. */
function dripped(state: GateState, now: number, { ratePerSecond, burst }: GateOptions): GateState {
  const seconds = Math.max(0, now - state.countedAt) / 1_000;
  const tokens = Math.min(state.tokens + seconds * ratePerSecond, burst);
  return { ...state, tokens, countedAt: Math.max(now, state.countedAt) };
}

function heldByQuota(state: GateState, now: number, { newQuota }: GateOptions): Held | null {
  const until = newQuota?.(state.quota ?? undefined).heldUntil(now);
  return until ? { kind: "held", by: "quota", until } : null;
}
