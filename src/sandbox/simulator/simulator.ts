import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CallLog, type SimulatorCall, type SimulatorRequest } from "./call-log";
import { type Answer, deliver } from "./deliver";
import { type Fault, FaultQueue, type StatusFault } from "./faults";
import { listen } from "./listen";
import { type RateLimit, TokenBuckets } from "./rate-limit";
import { readRequest } from "./read-request";

/** The controls of every simulator, for tests. */
export interface SimulatorControl {
  /** The calls, in the order of arrival. A call is in the list as soon as its body is complete. */
  calls(): readonly SimulatorCall[];
  clearCalls(): void;
  /** Resolves when `count` calls have arrived since the start or the last `clearCalls`, and their work is done. */
  whenCalled(count: number): Promise<void>;
  /** Queues faults, one for each of the next calls; a fault with a path waits for a call to it. */
  failNext(...faults: readonly Fault[]): void;
  /** Sets the fault of every call without a queued fault; `null`: none. */
  failAlways(fault: Fault | null): void;
}

/** A provider's server on this machine. */
export interface Simulator<Control extends SimulatorControl = SimulatorControl> {
  /** The base URL, without a slash at the end. */
  readonly url: string;
  readonly control: Control;
  /** Closes it at once, with its open connections. Another call does nothing. */
  close(): Promise<void>;
}

/** The rules of a provider. `handle` works synchronously, so that the effects of a call are never partial. */
export interface Provider {
  handle(request: SimulatorRequest): Answer;
  errorBody(status: number, message: string): unknown;
  /**
   * The answer to a call that `handle` does not get: with a status fault, over the rate limit, or with an unreadable body.
   * Left out: the error body only.
   */
  refuse?(request: SimulatorRequest, status: number, message: string): Answer;
  /** The caller that the rate limit counts. */
  caller(request: SimulatorRequest): string;
}

/** The address of a simulator, and its clock in milliseconds. */
export interface ListenOptions {
  /** Default: loopback. */
  readonly host?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  readonly now?: () => number;
}

/** `rateLimit: null`: no limit. */
export interface SimulatorOptions extends ListenOptions {
  readonly rateLimit: RateLimit | null;
  /** Default: 1 MB; larger bodies are answered 413. */
  readonly maxBodyBytes?: number;
}

/**
 * Serves the rules of a provider over HTTP.
 *
 * @throws {Error} it cannot listen.
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
      refuse: (fault: StatusFault) => faultAnswer(provider, request, fault),
    };
    await deliver(exchange, faults.take(request.path));
  }

  const server = createServer((message, response) => {
    // A client that disconnects just before its answer is written is no error here,
    response.on("error", () => response.destroy());
    // and one that disconnects in the middle of its request has made no call.
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

/** The answer of a status fault: its values override those of the provider. */
function faultAnswer(provider: Provider, request: SimulatorRequest, fault: StatusFault): Answer {
  const { headers, ...answer } = refusal(provider, request, fault.status, "a fault was injected");
  return { ...answer, ...fault, headers: { ...headers, ...fault.headers } };
}

function refusal(provider: Provider, request: SimulatorRequest, status: number, message: string): Answer {
  return provider.refuse?.(request, status, message) ?? { status, body: provider.errorBody(status, message) };
}
