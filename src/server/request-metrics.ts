import type { FastifyReply, FastifyRequest } from "fastify";
import { Counter, Histogram, type Registry } from "prom-client";
import { byProvider, PROVIDERS, type Provider } from "../domain/provider";
import type { Lane, RequestContext } from "../graphql/context";

/** Seconds. A recorded page takes about a millisecond, a provider call up to its timeout. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** `none`: nothing was executed. */
type ServingLane = Lane | "none";

type Duration = Histogram.Internal<"status" | "lane">;

/** Counts the requests to the graph, their errors and their rows: in numbers of its own, which are read when metrics are. */
export class RequestMetrics {
  readonly #durations: Histogram<"status" | "lane">;
  readonly #byLane = new Map<ServingLane, Map<number, Duration>>();
  readonly #errors = new Map<string, number>();
  readonly #rows = { record: noRows(), provider: noRows() };

  constructor(registry: Registry) {
    const registers = [registry];
    this.#durations = new Histogram({
      name: "tributary_http_request_duration_seconds",
      help: "How long requests to the graph took, by what executed them: fast, executor, ordinary (graphql-js), or none.",
      labelNames: ["status", "lane"],
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.#registerErrors(registry);
    this.#registerRows(registry);
  }

  /** Counts an error of an answer. */
  readonly countError = (code: string): void => {
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
  };

  /** Counts a request to the graph that was answered. */
  answered({ graphContext, refusal }: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): void {
    this.#durationOf(graphContext?.operation.lane ?? "none", statusCode).observe(elapsedTime / 1_000);
    if (refusal !== null) this.countError(refusal);
    if (graphContext) this.#countRows(graphContext);
  }

  #countRows({ spending }: RequestContext): void {
    const { record, provider } = this.#rows;
    spending.eachRow((from, isFetched) => {
      (isFetched ? provider : record)[from] += 1;
    });
  }

  #durationOf(lane: ServingLane, status: number): Duration {
    const known = this.#byLane.get(lane)?.get(status);
    if (known) return known;
    const duration = this.#durations.labels({ status, lane });
    const byStatus = this.#byLane.get(lane) ?? new Map<number, Duration>();
    this.#byLane.set(lane, byStatus.set(status, duration));
    return duration;
  }

  #registerErrors(registry: Registry): void {
    const errors = this.#errors;
    new Counter({
      name: "tributary_operation_errors_total",
      help: "Errors in answers, by their code; requests that were refused as a whole count too.",
      labelNames: ["code"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [code, count] of errors) this.inc({ code }, count);
      },
    });
  }

  #registerRows(registry: Registry): void {
    const rows = this.#rows;
    new Counter({
      name: "tributary_rows_served_total",
      help: "Rows in answers, by their provider; from provider: a call of the same operation had fetched the row.",
      labelNames: ["provider", "from"],
      registers: [registry],
      collect() {
        this.reset();
        for (const from of ["record", "provider"] as const) {
          for (const provider of PROVIDERS) this.inc({ provider, from }, rows[from][provider]);
        }
      },
    });
  }
}

function noRows(): Record<Provider, number> {
  return { ...byProvider(() => 0) };
}
