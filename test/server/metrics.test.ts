import { PerformanceObserver } from "node:perf_hooks";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { documentedMetrics } from "../support/documented-metrics";
import { scrape, type Scraped } from "../support/scraped";
import { startTestApp, type TestApp } from "../support/test-app";

let app: TestApp;
afterEach(() => app.stop());

const PAGE = `query Page($first: Int!) { recommendations(first: $first) { nodes { score } } }`;

/** Labels that Prometheus' histograms add. */
const OWN_LABELS = ["le"];

function labelsOf({ samples }: Scraped): Readonly<Record<string, readonly string[]>> {
  const ours = samples.filter(({ name }) => name.startsWith("tributary_"));
  return Object.fromEntries(
    ours.map(({ name, labels }) => [
      name.replace(/_(bucket|sum|count)$/, ""),
      Object.keys(labels).filter((label) => !OWN_LABELS.includes(label)),
    ]),
  );
}

describe("GET /metrics", () => {
  it("has the metrics and labels that docs/operations.md lists, and no others of ours", async () => {
    app = await startTestApp({ surfe: { companies: 3 }, env: { SURFE_CREDIT_BUDGET: "2" } });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    await app.send(PAGE, { first: 3 });
    await app.send(`{ nothing }`);
    const scraped = await scrape(app.url);
    const documented = documentedMetrics();
    expect(scraped.names.filter((name) => name.startsWith("tributary_")).sort()).toEqual([...documented.keys()].sort());
    const labels = labelsOf(scraped);
    for (const [name, expected] of documented) {
      if (name === "tributary_provider_rows_unread_total") continue; // no row of a simulator is unreadable
      expect({ name, labels: [...(labels[name] ?? ["no value"])].sort() }).toEqual({
        name,
        labels: [...expected].sort(),
      });
    }
  });

  it("tells in Prometheus' format how requests and providers fared", async () => {
    app = await startTestApp({ surfe: { companies: 3 } });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    await app.send(`{ recommendations(first: 2) { totalCount } }`);
    const response = await fetch(new URL("/metrics", app.url));
    expect(response.headers.get("content-type")).toContain("text/plain");
    const { lines } = await scrape(app.url);
    expect(lines).toContain('tributary_provider_circuit{provider="SURFE"} 0');
    expect(lines).toContain('tributary_provider_queue{provider="SURFE"} 0');
    expect(lines).toContain('tributary_provider_credits_spent{provider="SURFE"} 2');
    expect(lines).toContain('tributary_provider_credits_total{provider="SURFE"} 2');
    expect(lines).toContain('tributary_provider_calls_total{provider="SURFE",operation="upsertIcp",outcome="OK"} 1');
    expect(lines).toContain(
      'tributary_provider_call_duration_seconds_count{provider="SURFE",operation="fetchRecommendations"} 1',
    );
    expect(lines).toContain("tributary_lease_waits_total 0");
    const { valueOf } = await scrape(app.url);
    expect(valueOf('tributary_database_duration_seconds_count{statement="commit"}')).toBeGreaterThan(0);
  });

  it("counts requests by what executed them", async () => {
    app = await startTestApp({ surfe: { companies: 3 }, executor: "own" });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    for (let time = 1; time <= 3; time += 1) await app.send(PAGE, { first: 2 });
    await app.send(`{ nothing }`);
    await fetch(app.url, { method: "DELETE" });
    const { valueOf } = await scrape(app.url);
    const count = (status: number, lane: string): number | null =>
      valueOf(`tributary_http_request_duration_seconds_count{status="${String(status)}",lane="${lane}"}`);
    expect({
      ordinary: count(200, "ordinary"),
      executor: count(200, "executor"),
      fast: count(200, "fast"),
      invalid: count(400, "none"),
      method: count(405, "none"),
    }).toEqual({ ordinary: 1, executor: 1, fast: 2, invalid: 1, method: 1 });
  });

  it("counts the errors of answers by their codes, each once, whatever executed the operation", async () => {
    app = await startTestApp({ surfe: { companies: 3 }, executor: "own" });
    const missing = `{ recommendations(externalUserId: "nobody", first: 2) { totalCount } }`;
    for (let time = 1; time <= 3; time += 1) await app.send(missing);
    await app.send(`{ nothing other }`);
    await fetch(app.url, { method: "DELETE" });
    const { samples } = await scrape(app.url);
    const errors = samples.filter(({ name }) => name === "tributary_operation_errors_total");
    expect(errors.map(({ labels: { code }, value }) => ({ code, value }))).toEqual([
      { code: "PROFILE_NOT_FOUND", value: 3 },
      { code: "GRAPHQL_VALIDATION_FAILED", value: 2 },
      { code: "BAD_REQUEST", value: 1 },
    ]);
  });

  it("counts served rows: those that a call of the operation fetched, and recorded ones", async () => {
    app = await startTestApp({ surfe: { companies: 5 }, executor: "own" });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    await app.send(PAGE, { first: 2 });
    await app.send(PAGE, { first: 3 });
    await app.send(PAGE, { first: 3 });
    const { valueOf } = await scrape(app.url);
    expect({
      record: valueOf('tributary_rows_served_total{provider="SURFE",from="record"}'),
      provider: valueOf('tributary_rows_served_total{provider="SURFE",from="provider"}'),
      lusha: valueOf('tributary_rows_served_total{provider="LUSHA",from="record"}'),
    }).toEqual({ record: 5, provider: 3, lusha: 0 });
  });

  it("counts what was found in caches", async () => {
    app = await startTestApp({ surfe: { companies: 3 }, executor: "own" });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    for (let time = 1; time <= 5; time += 1) await app.send(PAGE, { first: 2 });
    const { valueOf } = await scrape(app.url);
    for (const cache of ["fragments", "pages", "operations"]) {
      for (const result of ["hit", "miss"]) {
        const found = valueOf(`tributary_cache_requests_total{cache="${cache}",result="${result}"}`);
        expect({ cache, result, isCounted: (found ?? 0) > 0 }).toEqual({ cache, result, isCounted: true });
      }
    }
    expect(valueOf('tributary_cache_bytes{cache="fragments"}')).toBeGreaterThan(0);
  });

  it("tells how much of a budget is used", async () => {
    app = await startTestApp({ surfe: { companies: 9 }, env: { SURFE_CREDIT_BUDGET: "8" } });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    await app.send(PAGE, { first: 2 });
    const { samples } = await scrape(app.url);
    expect(samples.filter(({ name }) => name === "tributary_provider_budget_used_ratio")).toEqual([
      { name: "tributary_provider_budget_used_ratio", labels: { provider: "SURFE" }, value: 0.25 },
    ]);
  });

  it("has the metrics of the process, which is observed once for all servers in it", async () => {
    app = await startTestApp();
    const observe = jest.spyOn(PerformanceObserver.prototype, "observe");
    await app.restart();
    const begun = observe.mock.calls.filter(
      ([options]) => "entryTypes" in options && options.entryTypes.includes("gc"),
    );
    observe.mockRestore();
    expect(begun).toEqual([]);
    const { names } = await scrape(app.url);
    expect(names).toEqual(expect.arrayContaining(["process_cpu_seconds_total", "nodejs_gc_duration_seconds"]));
  });

  it("has no label with a tenant, a user or text of a request", async () => {
    app = await startTestApp({ surfe: { companies: 3 } });
    await app.send(`mutation { upsertICP(input: { externalUserId: "canary-user" }) { icp { id } } }`);
    await app.send(
      `query CanaryName { recommendations(externalUserId: "canary-user", first: 2) { totalCount } }`,
      {},
      {
        "apollographql-client-name": "canary-client",
      },
    );
    await app.send(`{ canaryField }`);
    const { lines } = await scrape(app.url);
    expect(lines.filter((line) => /canary|default|sandbox/i.test(line))).toEqual([]);
  });
});
