import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CallLog, type SimulatorCall, type SimulatorRequest } from "./call-log";
import { type Answer, deliver } from "./deliver";
import { type Fault, FaultQueue, type StatusFault } from "./faults";
import { listen } from "./listen";
import { type RateLimit, TokenBuckets } from "./rate-limit";
import { readRequest } from "./read-request";

/** What every simulator lets a test see and spoil. */
export interface SimulatorControl {
  /** In the order of their arrival; a call is there as soon as its body is whole. */
  calls(): readonly SimulatorCall[];
  clearCalls(): void;
  /** Resolves once `count` calls have arrived since the start or the last clearing, their work done. */
  whenCalled(count: number): Promise<void>;
  /** One fault per coming call, in this order; a fault with a path waits for a call to it. */
  failNext(...faults: readonly Fault[]): void;
  /** For every call that no queued fault takes, until told otherwise with `null`. */
  failAlways(fault: Fault | null): void;
}

/** A provider's server on this machine. */
export interface Simulator<Control extends SimulatorControl = SimulatorControl> {
  /** Without a slash at the end. */
  readonly url: string;
  readonly control: Control;
  /** Ends at once, cutting whatever is open. Calling it again does nothing. */
  close(): Promise<void>;
}

/** A provider's rules. `handle` does its work synchronously, so each call's effects are whole. */
export interface Provider {
  handle(request: SimulatorRequest): Answer;
  errorBody(status: number, message: string): unknown;
  /**
   * The answer to a call that `handle` never sees: one that meets a status fault or the rate limit, or has an unreadable
   * body. Left out, the error body alone.
   */
  refuse?(request: SimulatorRequest, status: number, message: string): Answer;
  /** Whom the rate limit counts the call against. */
  caller(request: SimulatorRequest): string;
}

/** Where a simulator listens, and its clock in ms. */
export interface ListenOptions {
  /** Loopback only by default. */
  readonly host?: string;
  /** 0, any free one, by default. */
  readonly port?: number;
  readonly now?: () => number;
}

/** `rateLimit: null` lets any number of calls through. */
export interface SimulatorOptions extends ListenOptions {
  readonly rateLimit: RateLimit | null;
  /** 1 MB by default; a larger body is answered 413. */
  readonly maxBodyBytes?: number;
}

/**
 * Serves a provider's rules over HTTP.
 *
 * @throws {Error} where it cannot listen.
 */
export async function startSimulator(provider: Provider, options: SimulatorOptions): Promise<Simulator> {
  const { host = "127.0.0.1", port = 0, now = Date.now, maxBodyBytes = 1_000_000 } = options;
  const log = new CallLog();
  const faults = new FaultQueue();
  const buckets = new TokenBuckets(options.rateLimit, now);

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { request, problem } = await readRequest(message, maxBodyBytes, now);
    const answered = log.arrived(request);
    const exchange = {
      response,
      answered,
      work: () =>
        problem === null
          ? work(provider, buckets, request)
          : refusal(provider, request, problem.status, problem.message),
      refuse: (fault: StatusFault) => spoiled(provider, request, fault),
    };
    await deliver(exchange, faults.take(request.path));
  }

  const server = createServer((message, response) => {
    // A client that leaves just before its answer is written is no failure of ours,
    response.on("error", () => response.destroy());
    // and one that leaves in the middle of its request has made no call.
    serve(message, response).catch(() => response.destroy());
  });
  return {
    ...(await listen(server, host, port)),
    control: {
      calls: () => log.calls(),
      clearCalls: () => log.clear(),
      whenCalled: (count) => log.whenCalled(count),
      failNext: (...next) => faults.failNext(...next),
      failAlways: (fault) => faults.failAlways(fault),
    },
  };
}

function work(provider: Provider, buckets: TokenBuckets, request: SimulatorRequest): Answer {
  if (!buckets.take(provider.caller(request))) return refusal(provider, request, 429, "rate limit exceeded");
  try {
    return provider.handle(request);
  } catch (error) {
    return refusal(provider, request, 500, `the simulator failed: ${String(error)}`);
  }
}

/** What a status fault says, over what the provider would. */
function spoiled(provider: Provider, request: SimulatorRequest, fault: StatusFault): Answer {
  const { headers, ...answer } = refusal(provider, request, fault.status, "a fault was injected");
  return { ...answer, ...fault, headers: { ...headers, ...fault.headers } };
}

function refusal(provider: Provider, request: SimulatorRequest, status: number, message: string): Answer {
  return provider.refuse?.(request, status, message) ?? { status, body: provider.errorBody(status, message) };
}
