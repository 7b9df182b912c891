import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const SAVE = `mutation ($input: UpsertICPInput!) {
  upsertICP(input: $input) { icp { surfe } userErrors { field code message } issues { code } }
}`;
const PAGE = `query ($first: Int) { recommendations(externalUserId: "u1", first: $first) { edges { cursor } issues { code } } }`;

/** Filters that Surfe has and the graph has no field for; the order of a list may count there. */
const SURFE = {
  companies: { technologies: ["React", "Go"], yearFounded: { from: 2000, to: 2020 } },
  people: { jobChangePeriodInDays: 90 },
  list: ["b", "a"],
};
const INPUT = { externalUserId: "u1", companies: { industries: ["Software"] }, surfe: SURFE };
/** What Surfe gets for it. */
const SENT = {
  externalUserId: "u1",
  ...SURFE,
  companies: { ...SURFE.companies, industries: ["Software"] },
};

let app: TestApp;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  folder = temporaryFolder();
  app = await startTestApp({
    surfe: { companies: 60 },
    databasePath: join(folder.path, "filters.db"),
    now: () => new Date("2026-11-20T12:00:00.000Z"),
  });
});
afterEach(async () => {
  await app.stop();
  folder.remove();
});

async function cursors(first: number): Promise<readonly unknown[]> {
  const { data } = await app.send(PAGE, { first });
  return (data as { readonly recommendations: { readonly edges: readonly unknown[] } }).recommendations.edges;
}

/** The bodies of the profiles that Surfe was sent, in order. */
function profiles(): readonly unknown[] {
  return app.surfe.control.calls().flatMap(({ path, body }) => (path.endsWith("/icp") ? [body] : []));
}

const refusedFor = (message: string, field = ["surfe"]) => ({
  status: 200,
  data: { upsertICP: { icp: null, userErrors: [{ field, code: "BAD_USER_INPUT", message }], issues: [] } },
});

describe("UpsertICPInput.surfe", () => {
  it("is sent to Surfe as given, and read back, also after a restart", async () => {
    const saved = { upsertICP: { icp: { surfe: SURFE }, userErrors: [], issues: [] } };
    expect((await app.send(SAVE, { input: INPUT })).data).toEqual(saved);
    expect(profiles()).toEqual([SENT]);
    await app.restart();
    expect((await app.send(`{ icp(externalUserId: "u1") { surfe } }`)).data).toEqual({ icp: { surfe: SURFE } });
  });

  it("is sent again, the same, to a Surfe that has forgotten the profile", async () => {
    await app.send(SAVE, { input: INPUT });
    app.surfe.control.failNext({ kind: "status", status: 404 });
    await cursors(2);
    expect(profiles()).toEqual([SENT, SENT]);
  });

  it("takes part in which profile it is", async () => {
    await app.send(SAVE, { input: INPUT });
    const first = await cursors(3);
    const { people, list } = SURFE;
    const others = { people, list };
    const turned = { ...others, companies: { yearFounded: { to: 2020, from: 2000 }, technologies: ["React", "Go"] } };
    await app.send(SAVE, { input: { ...INPUT, surfe: turned } });
    expect(await cursors(3)).toEqual(first);
    for (const surfe of [{ ...SURFE, list: ["a", "b"] }, { ...others, companies: { technologies: ["Go"] } }, null]) {
      await app.send(SAVE, { input: { ...INPUT, surfe } });
      expect(await cursors(3)).not.toEqual(first);
    }
  });

  it("can be written in the document, variables in it included", async () => {
    const written = `mutation ($founded: Int) {
      upsertICP(input: { externalUserId: "u1", surfe: { companies: { yearFounded: { from: $founded }, a: [1.5, true, null] } } }) {
        icp { surfe }
      }
    }`;
    const answer = await app.send(written, { founded: 1990 });
    const surfe = { companies: { yearFounded: { from: 1990 }, a: [1.5, true, null] } };
    expect(answer).toEqual({ status: 200, data: { upsertICP: { icp: { surfe } } } });
  });

  it("is told at its own path where Surfe refuses it", async () => {
    const message = "companies.technologies: does not know React";
    app.surfe.control.failNext({ kind: "status", status: 400, body: { code: 400, message } });
    expect((await app.send(SAVE, { input: INPUT })).data).toMatchObject({
      upsertICP: {
        icp: null,
        userErrors: [{ field: ["surfe", "companies", "technologies"], code: "PROVIDER_REJECTED_REQUEST", message }],
      },
    });
  });

  it("is refused where it is hostile, and nothing is saved or sent", async () => {
    const deep = `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`;
    // As text: what is nested so deeply cannot be written by JSON.stringify.
    const send = async (surfe: string) => {
      const body = `{ "query": ${JSON.stringify(SAVE)}, "variables": { "input": { "surfe": ${surfe} } } }`;
      const answer = await fetch(app.url, { method: "POST", headers: { "content-type": "application/json" }, body });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    const tooDeep =
      "The value of `$input` is nested too deeply: it may have 100 levels of objects and lists. Nothing was executed.";
    expect(await send(`{ "companies": ${deep} }`)).toEqual({
      status: 400,
      errors: [{ message: tooDeep, extensions: { code: "BAD_USER_INPUT" } }],
    });
    expect(await send(`{ "a": [[[[[[[[]]]]]]]] }`)).toEqual(
      refusedFor("surfe takes at most 8 levels of objects and lists."),
    );
    expect(await send(`{ "a": "${"x".repeat(20_000)}" }`)).toEqual(
      refusedFor("surfe takes at most 16384 bytes of JSON."),
    );
    expect(await send(`{ "people": { "__proto__": { "seniorities": [] } } }`)).toMatchObject({ status: 400 });
    const inDocument = `mutation { upsertICP(input: { surfe: { people: { __proto__: { a: 1 } } } }) { icp { id } userErrors { message } } }`;
    expect((await app.send(inDocument)).data).toEqual({
      upsertICP: { icp: null, userErrors: [{ message: "surfe takes no key `__proto__`." }] },
    });
    expect(
      await app.send(`mutation { upsertICP(input: { surfe: { a: 1e999 } }) { icp { id } userErrors { message } } }`),
    ).toEqual({
      status: 200,
      data: { upsertICP: { icp: null, userErrors: [{ message: "surfe holds a number that is too large." }] } },
    });
    for (const text of [String.raw`{ "a": { "b": "x\u0000" } }`, String.raw`{ "\ud800": 1 }`]) {
      expect(await send(text)).toMatchObject({
        status: 400,
        errors: [{ message: expect.stringContaining("cannot be stored"), extensions: { code: "BAD_USER_INPUT" } }],
      });
    }
    for (const text of ["[]", `"x"`, "1"]) {
      expect(await send(text)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    }
    expect([callsOf(app.surfe), (await app.send("{ icps { totalCount } }")).data]).toEqual([
      [],
      { icps: { totalCount: 0 } },
    ]);
  });
});
