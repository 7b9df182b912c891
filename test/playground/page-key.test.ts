import { beforeEach, describe, expect, it } from "@jest/globals";
import { PageKey } from "../../playground/key/page-key";

let status: number;
let sent: (readonly [url: string, headers: Readonly<Record<string, string>>])[];
let turns: string[];
let key: PageKey;

beforeEach(() => {
  status = 200;
  sent = [];
  turns = [];
  key = new PageKey((url, init) => {
    sent.push([typeof url === "string" ? url : "no text", Object.fromEntries(new Headers(init?.headers))]);
    return Promise.resolve(new Response("", { status }));
  });
  key.subscribe(() => turns.push(key.state()));
});

describe("PageKey", () => {
  it("sends requests as they are while there is no key", async () => {
    await key.fetch("/graphql");
    await key.fetch("/graphql", { headers: { accept: "text/html" } });

    expect(sent).toEqual([
      ["/graphql", {}],
      ["/graphql", { accept: "text/html" }],
    ]);
    expect([key.state(), turns]).toEqual(["not-asked", []]);
  });

  it("adds the key to every request that has no credentials of its own", async () => {
    key.use(" secret ");
    await key.fetch("/graphql", { headers: { accept: "text/html" } });
    await key.fetch("/estimate", { headers: { Authorization: "Bearer own" } });
    await key.fetch("/estimate", { headers: { "X-Api-Key": "own" } });

    expect(sent).toEqual([
      ["/graphql", { accept: "text/html", authorization: "Bearer secret" }],
      ["/estimate", { authorization: "Bearer own" }],
      ["/estimate", { "x-api-key": "own" }],
    ]);
    expect([key.state(), turns]).toEqual(["in-use", ["in-use"]]);
  });

  it("knows from 401 that a key is needed, that the one in use was refused, and forgets it when told to", async () => {
    status = 401;
    await key.fetch("/graphql");
    key.use("wrong");
    await key.fetch("/graphql");
    key.use("right");
    status = 200;
    await key.fetch("/graphql");
    key.use("");
    await key.fetch("/graphql");

    expect(turns).toEqual(["needed", "in-use", "refused", "in-use", "needed"]);
    expect(sent.map(([, { authorization }]) => authorization)).toEqual([
      undefined,
      "Bearer wrong",
      "Bearer right",
      undefined,
    ]);
  });

  it("takes 429 for a missing key only where there is none", async () => {
    status = 429;
    await key.fetch("/graphql");
    key.use("right");
    await key.fetch("/graphql");

    expect(turns).toEqual(["needed", "in-use"]);
  });

  it("learns nothing from answers to other credentials, nor from those that come after a change of the key", async () => {
    status = 401;
    key.use("right");
    await key.fetch("/graphql", { headers: { authorization: "Bearer own" } });
    const late = key.fetch("/graphql");
    key.use("another");
    await late;

    expect([key.state(), turns]).toEqual(["in-use", ["in-use", "in-use"]]);
  });

  it("tells nobody who has unsubscribed", () => {
    const told: string[] = [];
    key.subscribe(() => told.push("told"))();
    key.use("right");

    expect(told).toEqual([]);
  });
});
