import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { CallGate, GateOptions } from "../../../src/providers/http/call-gate";
import { longestAttemptMs } from "../../../src/providers/http/gate-state";
import { LocalGate } from "../../../src/providers/http/local-gate";
import type { Held, SendOutcome } from "../../../src/providers/http/outcome";
import { SharedGate } from "../../../src/providers/http/shared-gate";
import type { SharedState } from "../../../src/providers/http/shared-state";
import { LushaRateLimits } from "../../../src/providers/lusha/lusha.rate-limits";
import { openPostgres } from "../../../src/store/open-postgres";
import type { PostgresDatabase } from "../../../src/store/sql/postgres-database";
import { deferred } from "../../support/fake-feed";
import { memoryState } from "../../support/memory-state";
import { ACME_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const TIMEOUT_MS = 500;
const LOST: SendOutcome = { kind: "lost", how: "connection", sent: true, code: "ECONNRESET", durationMs: 1 };
const isPostgres = globalThis.DATABASE === "postgres";

let now: number;
let databases: readonly PostgresDatabase[] = [];
/** Two gates: of two processes, where they share a state; else one twice. */
let one: CallGate;
let other: CallGate;
let sent: string[];

function answer(headers: Readonly<Record<string, string>> = {}): SendOutcome {
  return { kind: "answered", status: 200, headers: new Map(Object.entries(headers)), text: "{}", durationMs: 1 };
}

function options(changed: Partial<GateOptions> = {}): GateOptions {
  return { ratePerSecond: 1_000, burst: 1_000, timeoutMs: TIMEOUT_MS, now: () => now, ...changed };
}

/** Sends a request through a gate. */
function send(gate: CallGate, outcome: SendOutcome = answer(), name = "sent"): Promise<SendOutcome | Held> {
  return gate.run(() => {
    sent.push(name);
    return Promise.resolve(outcome);
  });
}

async function fail(gate: CallGate, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth++) await send(gate, LOST);
}

async function statesOf(): Promise<readonly SharedState[]> {
  if (!isPostgres) {
    const state = memoryState();
    return [state, state];
  }
  const url = await newPostgresUrl();
  databases = await Promise.all([openPostgres({ url, max: 2 }), openPostgres({ url, max: 2 })]);
  return databases.map(({ processes }) => processes.sharedState(ACME_TENANT, "SURFE"));
}

async function open(kind: string, changed: Partial<GateOptions> = {}): Promise<void> {
  if (kind === "of one process") {
    one = other = new LocalGate(options(changed));
    return;
  }
  const gates = (await statesOf()).map((state) => new SharedGate(state, options(changed)));
  [one, other] = [gates[0] ?? one, gates[1] ?? other];
}

beforeEach(() => {
  now = NOW;
  sent = [];
});

afterEach(async () => {
  await Promise.all(databases.map((database) => database.destroy()));
  databases = [];
});

const until = (ms: number): Date => new Date(NOW + ms);

describe.each(isPostgres ? ["shared, on PostgreSQL"] : ["of one process", "shared, in memory"])(
  "a gate, %s",
  (kind) => {
    it("opens after five outages in a row, whichever process meets them", async () => {
      await open(kind);
      await fail(one, 4);
      await send(other);
      await fail(one, 2);
      await fail(other, 2);
      expect(other.circuit).toBe("CLOSED");
      await fail(one, 1);
      expect([one.circuit, one.held]).toEqual(["OPEN", { kind: "held", by: "circuit", until: until(10_000) }]);
      expect(await send(other)).toEqual({ kind: "held", by: "circuit", until: until(10_000) });
      expect([other.circuit, sent.length]).toEqual(["OPEN", 10]);
    });

    it("sends one probe after ten seconds; the others wait for it, and go when it succeeds", async () => {
      await open(kind);
      await fail(one, 5);
      now += 10_000;
      const [begun, ended] = [deferred<undefined>(), deferred<SendOutcome>()];
      const probe = one.run(() => {
        sent.push("probe");
        begun.resolve(undefined);
        return ended.promise;
      });
      await begun.promise;
      expect(one.circuit).toBe("HALF_OPEN");
      const waiting = send(other, answer(), "after the probe");
      ended.resolve(answer());
      await Promise.all([probe, waiting]);
      expect(sent.slice(5)).toEqual(["probe", "after the probe"]);
      expect([one.circuit, other.circuit]).toEqual(["CLOSED", "CLOSED"]);
    });

    it("opens again where the probe fails or is called off", async () => {
      await open(kind);
      await fail(one, 5);
      now += 10_000;
      await fail(other, 1);
      expect(await send(one)).toEqual({ kind: "held", by: "circuit", until: until(20_000) });
      now += 10_000;
      await expect(one.run(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
      expect(await send(other)).toEqual({ kind: "held", by: "circuit", until: until(30_000) });
      expect(sent).toHaveLength(6);
    });

    it("takes no notice of a request that is called off", async () => {
      await open(kind);
      await fail(one, 4);
      await expect(other.run(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
      expect(one.circuit).toBe("CLOSED");
      await fail(one, 1);
      expect(one.circuit).toBe("OPEN");
    });

    it("keeps to the rate: a request that would wait too long is held", async () => {
      await open(kind, { ratePerSecond: 0.01, burst: 2 });
      await Promise.all([send(one), send(other)]);
      expect([await send(one), await send(other)]).toEqual(
        [1, 2].map(() => ({ kind: "held", by: "limiter", until: expect.any(Date) })),
      );
      expect(sent).toHaveLength(2);
    });

    it("holds back what the provider's quota would reject, whichever process learned it", async () => {
      await open(kind, {
        newQuota: (state) => new LushaRateLimits(longestAttemptMs({ timeoutMs: TIMEOUT_MS }), state),
      });
      await send(one, answer({ "x-minute-requests-left": "1" }));
      await send(other, answer({ "x-minute-requests-left": "0" }));
      expect(await send(one)).toEqual({ kind: "held", by: "quota", until: until(60_000) });
      now += 60_000;
      expect(await send(other)).toEqual(answer());
    });

    it("lets a caller go who waits for a turn, and the next gets it", async () => {
      await open(kind, { ratePerSecond: 4, burst: 1, timeoutMs: 60_000 });
      await send(one);
      const caller = new AbortController();
      const waiting = one.run(() => Promise.resolve(answer()), caller.signal);
      caller.abort(new Error("the caller has gone"));
      await expect(waiting).rejects.toThrow("the caller has gone");
      expect(await send(other)).toEqual(answer());
      expect(sent).toHaveLength(2);
    });
  },
);

describe.each(isPostgres ? ["on PostgreSQL"] : ["in memory"])("a gate that processes share, %s", (kind) => {
  it("gives tokens as time passes, to one of all processes", async () => {
    await open(kind, { ratePerSecond: 1, burst: 1 });
    expect(await send(one)).toEqual(answer());
    expect(await send(other)).toEqual({ kind: "held", by: "limiter", until: until(1_000) });
    now += 1_000;
    expect(await send(other)).toEqual(answer());
    expect(await send(one)).toEqual({ kind: "held", by: "limiter", until: until(2_000) });
    now -= 3_000; // the clock of another machine
    expect(await send(one)).toMatchObject({ by: "limiter" });
  });

  it("has requests of all processes wait in turn for their tokens", async () => {
    await open(kind, { ratePerSecond: 20, burst: 1, timeoutMs: 60_000 });
    await send(one);
    const names = ["a", "b", "c"];
    await Promise.all(names.map((name, nth) => send(nth % 2 === 0 ? one : other, answer(), name)));
    expect([...sent].sort()).toEqual(["a", "b", "c", "sent"]);
    // The clock stands still: three tokens are owed.
    expect(await send(other, answer(), "d")).toEqual(answer());
  });

  it("sends another probe where the process of the first has died", async () => {
    await open(kind);
    await fail(one, 5);
    now += 10_000;
    const [begun, never] = [deferred<undefined>(), deferred<SendOutcome>()];
    const probe = one.run(() => {
      begun.resolve(undefined);
      return never.promise;
    });
    await begun.promise;
    now += longestAttemptMs({ timeoutMs: TIMEOUT_MS });
    expect(await send(other)).toEqual(answer());
    expect(other.circuit).toBe("CLOSED");
    never.resolve(LOST); // it comes back, late: no probe any more
    await probe;
    expect(one.circuit).toBe("CLOSED");
  });
});

describe("a gate whose shared state cannot be changed", () => {
  it("sends nothing", async () => {
    const state = memoryState();
    state.isAway = true;
    await expect(send(new SharedGate(state, options()))).rejects.toThrow("The database is away.");
    expect(sent).toEqual([]);
  });

  it("gives the answer all the same where it goes away during a request, and notes the result with the next", async () => {
    const state = memoryState();
    const gate = new SharedGate(state, options());
    for (let nth = 0; nth < 5; nth++) {
      const outcome = await gate.run(() => {
        state.isAway = true;
        return Promise.resolve(LOST);
      });
      expect(outcome).toBe(LOST);
      expect(gate.circuit).toBe("CLOSED");
      state.isAway = false;
    }
    expect(await send(gate)).toEqual({ kind: "held", by: "circuit", until: until(10_000) });
    expect(sent).toEqual([]);
  });

  it("changes it twice for a request", async () => {
    const state = memoryState();
    await send(new SharedGate(state, options()));
    expect(state.changes()).toBe(2);
  });
});
