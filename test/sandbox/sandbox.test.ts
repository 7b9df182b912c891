import { afterEach, describe, expect, it } from "@jest/globals";
import { answerKey } from "../../src/sandbox/catalogue/answer-key";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox";
import { call } from "./support/http";
import { countJoined, readAll } from "./support/read-all";
import { surfeClient } from "./support/surfe-client";

let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.close());

describe("startSandbox", () => {
  it("serves Surfe with its options, apart from any other sandbox", async () => {
    const one = await startSandbox({ surfe: { companies: 3 } });
    const two = await startSandbox();
    await surfeClient(one.surfe.url).saveIcp({});
    expect(await surfeClient(one.surfe.url).domains(0, 10)).toHaveLength(3);
    expect((await surfeClient(two.surfe.url).fetchRows({ pagination: { from: 0, to: 1 } })).status).toBe(404);
    await Promise.all([one.close(), two.close()]);
  });

  it("serves every provider with its options", async () => {
    sandbox = await startSandbox({ lusha: { setSize: 6 }, linkup: { people: 2 }, letrics: { companies: 1 } });
    await readAll(sandbox);
    expect(sandbox.lusha.control.returned().companies).toHaveLength(6);
    expect(sandbox.linkup.control.returned().people).toHaveLength(2);
    expect(sandbox.letrics.control.returned().companies).toEqual([0]);
  });

  it("leaves none running where one cannot listen", async () => {
    const taken = await startSandbox();
    const port = (url: string) => ({ port: Number(new URL(url).port) });
    const ended = await startSandbox();
    await ended.close();
    await expect(startSandbox({ surfe: port(ended.surfe.url), letrics: port(taken.letrics.url) })).rejects.toThrow(
      "EADDRINUSE",
    );
    expect((await call(ended.surfe.url)).error).toMatch("ECONNREFUSED");
    await taken.close();
  });

  it("closes at once, cutting calls that hang", async () => {
    sandbox = await startSandbox();
    sandbox.surfe.control.failAlways({ kind: "hang" });
    const hanging = call(sandbox.surfe.url);
    await sandbox.surfe.control.whenCalled(1);
    await sandbox.close();
    expect((await hanging).error).toBe("socket hang up");
  });
});

describe("what the providers give", () => {
  const givenBy = ({ surfe, lusha, linkup, letrics }: Sandbox) => ({
    surfe: surfe.control.returned(),
    lusha: lusha.control.returned(),
    lookalikes: lusha.control.returnedAsLookalikes(),
    linkup: linkup.control.returned(),
    letrics: letrics.control.returned(),
  });

  it("joins into as many as the answer key tells, read by the rules of the graph", async () => {
    sandbox = await startSandbox({
      surfe: { companies: 100 },
      lusha: { companies: 160 },
      linkup: { companies: 160 },
      letrics: { companies: 160 },
    });
    const { companies, people } = await readAll(sandbox);
    expect([companies.length, people.length]).toEqual([577, 985]);
    expect([countJoined(companies), countJoined(people)]).toEqual([143, 678]);
    expect(answerKey(givenBy(sandbox))).toEqual({ companies: 143, people: 678, employersOnly: 0 });
  });

  it("overlaps, and each has something to itself", async () => {
    sandbox = await startSandbox({ surfe: { companies: 60 }, lusha: { companies: 90 }, letrics: { companies: 120 } });
    await readAll(sandbox);
    const { surfe, lusha, letrics } = givenBy(sandbox);
    const rest = (companies: readonly number[], ...others: readonly (readonly number[])[]) =>
      companies.filter((company) => others.every((other) => !other.includes(company))).length;
    expect([surfe, lusha, letrics].map(({ companies }) => companies.length)).toEqual([60, 18, 73]);
    expect([
      rest(surfe.companies, lusha.companies, letrics.companies),
      rest(lusha.companies, surfe.companies, letrics.companies),
      rest(letrics.companies, surfe.companies, lusha.companies),
    ]).toEqual([16, 4, 33]);
  });

  it("is not all known to Surfe by default", async () => {
    sandbox = await startSandbox();
    const client = surfeClient(sandbox.surfe.url);
    await client.saveIcp({});
    expect((await client.rows(5399, 5400)).pagination.hasMore).toBe(false);
  });
});
