import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fastify, { type FastifyInstance } from "fastify";
import { registerSandboxPanel } from "../../src/server/sandbox-panel";

const STATES = [{ provider: "SURFE", slow: false, status: null, hasDays: true }];
const ANSWER = { simulators: STATES };

let app: FastifyInstance;
/** What was done to the simulators. */
let done: unknown[];

beforeEach(() => {
  done = [];
  app = fastify();
  registerSandboxPanel(app, {
    states: () => STATES,
    set: (provider, { slow, status }) => done.push(["set", provider, slow, status]) > 0 && provider === "SURFE",
    turnDay: (provider) => done.push(["turnDay", provider]) > 0 && provider === "SURFE",
  });
});

afterEach(() => app.close());

async function post(payload: string, type = "application/json") {
  const answer = await app.inject({ method: "POST", url: "/sandbox", headers: { "content-type": type }, payload });
  return { status: answer.statusCode, body: answer.json<unknown>() };
}

const refused = (status: number, message: unknown) => ({
  status,
  body: { errors: [{ message, extensions: { code: "BAD_REQUEST" } }] },
});

describe("GET /sandbox", () => {
  it("tells how the simulators fare, anew each time", async () => {
    const answer = await app.inject("/sandbox");
    expect([answer.statusCode, answer.headers["cache-control"], answer.json()]).toEqual([200, "no-store", ANSWER]);
  });
});

describe("POST /sandbox", () => {
  it("changes a simulator, and tells how all fare", async () => {
    expect(await post(`{ "provider": "SURFE", "slow": true, "status": null }`)).toEqual({ status: 200, body: ANSWER });
    expect(await post(`{ "provider": "SURFE", "slow": false, "status": 402 }`)).toEqual({ status: 200, body: ANSWER });
    expect(await post(`{ "provider": "SURFE", "nextDay": true }`)).toEqual({ status: 200, body: ANSWER });
    expect(done).toEqual([
      ["set", "SURFE", true, null],
      ["set", "SURFE", false, 402],
      ["turnDay", "SURFE"],
    ]);
  });

  it("finds no simulator of another name", async () => {
    const missing = refused(404, "There is no such simulator, or it has no days.");
    expect(await post(`{ "provider": "ACME", "slow": true, "status": null }`)).toEqual(missing);
    expect(await post(`{ "provider": "ACME", "nextDay": true }`)).toEqual(missing);
  });

  it.each([
    "[]",
    "{}",
    `{ "provider": "SURFE" }`,
    `{ "provider": "SURFE", "slow": true }`,
    `{ "provider": "SURFE", "slow": "yes", "status": null }`,
    `{ "provider": "SURFE", "slow": true, "status": 200 }`,
    `{ "provider": "SURFE", "nextDay": false }`,
    `{ "provider": "SURFE", "slow": true, "status": null, "nextDay": true }`,
  ])("refuses %s", async (body) => {
    expect(await post(body)).toEqual(refused(400, expect.stringMatching(/^It takes \{"provider"/)));
    expect(done).toEqual([]);
  });

  it("takes nothing that a page of another origin can send unasked", async () => {
    const change = `{ "provider": "SURFE", "slow": true, "status": null }`;
    expect(await post(change, "text/plain")).toEqual(refused(415, "It takes application/json."));
    expect((await post(change, "application/x-www-form-urlencoded")).status).toBe(415);
    const preflight = await app.inject({
      method: "OPTIONS",
      url: "/sandbox",
      headers: { origin: "https://other.example", "access-control-request-method": "POST" },
    });
    expect([preflight.statusCode, preflight.headers["access-control-allow-origin"]]).toEqual([404, undefined]);
    expect(done).toEqual([]);
  });
});
