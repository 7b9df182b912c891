import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

let app: TestApp;
afterEach(() => app.stop());

describe("GET /metrics", () => {
  it("tells in Prometheus' format how requests and providers fared", async () => {
    app = await startTestApp({ surfe: { companies: 3 } });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    await app.send(`{ recommendations(first: 2) { totalCount } }`);
    const response = await fetch(new URL("/metrics", app.url));
    const lines = (await response.text()).split("\n");
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(lines).toContain('tributary_http_request_duration_seconds_count{status="200"} 2');
    expect(lines).toContain('tributary_provider_circuit{provider="SURFE"} 0');
    expect(lines).toContain('tributary_provider_credits_spent{provider="SURFE"} 2');
    expect(lines).toContain('tributary_provider_calls_total{provider="SURFE",operation="upsertIcp",outcome="OK"} 1');
    expect(lines).toContain(
      'tributary_provider_call_duration_seconds_count{provider="SURFE",operation="fetchRecommendations"} 1',
    );
  });

  it("counts what texts of nodes were kept", async () => {
    app = await startTestApp({ surfe: { companies: 3 }, executor: "own" });
    await app.send(`mutation { upsertICP(input: {}) { icp { id } } }`);
    for (let time = 1; time <= 5; time += 1) await app.send(`{ recommendations(first: 2) { nodes { score } } }`);
    const lines = (await (await fetch(new URL("/metrics", app.url))).text()).split("\n");
    for (const result of ["hit", "miss"]) {
      const name = `tributary_cache_requests_total{cache="fragments",result="${result}"} `;
      expect(Number(lines.find((line) => line.startsWith(name))?.slice(name.length))).toBeGreaterThan(0);
    }
    expect(lines.find((line) => line.startsWith('tributary_cache_bytes{cache="fragments"}'))).not.toMatch(/ 0$/);
  });
});
