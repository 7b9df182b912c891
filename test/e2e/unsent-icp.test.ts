import { afterEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";

const SAVE = `mutation ($input: UpsertICPInput!) {
  upsertICP(input: $input) {
    icp { externalUserId companies { industries } }
    userErrors { field code message }
    issues { provider code message retryAfter }
  }
}`;

const PAGE = `query ($first: Int) {
  recommendations(externalUserId: "u1", first: $first) { nodes { company { industries } } issues { provider code message } }
}`;

const SOFTWARE = { externalUserId: "u1", companies: { industries: ["Software"] } };
/** What Surfe gets for it. */
const SENT = { ...SOFTWARE, people: {} };
const NOON = new Date("2026-11-20T12:00:00.000Z");
const LATER = "The profile is saved here, and is sent before the next fetch.";

let app: TestApp;

afterEach(() => app.stop());

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 400 }, now: () => NOON, ...options });
}

interface Page {
  readonly nodes: readonly { readonly company: { readonly industries: readonly string[] } }[];
  readonly issues: readonly unknown[];
}

async function page(first: number): Promise<Page> {
  const { data } = await app.send(PAGE, { first });
  return (data as { readonly recommendations: Page }).recommendations;
}

/** The bodies of the profiles that Surfe was sent, in order. */
function profiles(): readonly unknown[] {
  return app.surfe.control.calls().flatMap(({ path, body }) => (path.endsWith("/icp") ? [body] : []));
}

describe("upsertICP while Surfe fails", () => {
  it.each([
    [
      "refuses the key",
      401,
      "PROVIDER_CREDENTIALS_REJECTED",
      "Surfe rejected the API key (401). Check SURFE_API_KEY.",
      1,
    ],
    [
      "is out of credits",
      402,
      "PROVIDER_CREDITS_EXHAUSTED",
      "The credits or quota at Surfe are used up (402). Check the plan there.",
      1,
    ],
    ["is asked too often", 429, "PROVIDER_RATE_LIMITED", "Surfe is asked too often (429).", 1],
    ["fails", 500, "PROVIDER_UNAVAILABLE", "Surfe failed (500).", 3],
  ] as const)(
    "saves the profile here where it %s, says so, and sends it before the next fetch",
    async (_, status, code, message, calls) => {
      await start();
      await app.send(SAVE, { input: { externalUserId: "u1" } });
      await page(2);
      app.surfe.control.clearCalls();
      app.surfe.control.failAlways({ kind: "status", status });
      expect(await app.send(SAVE, { input: SOFTWARE })).toEqual({
        status: 200,
        data: {
          upsertICP: {
            icp: { externalUserId: "u1", companies: { industries: ["Software"] } },
            userErrors: [],
            issues: [{ provider: "SURFE", code, message: `${message} ${LATER}`, retryAfter: null }],
          },
        },
      });
      expect(callsOf(app.surfe)).toEqual(Array.from({ length: calls }, () => "icp"));
      app.surfe.control.failAlways(null);
      app.surfe.control.clearCalls();
      const { nodes, issues } = await page(3);
      expect(nodes.map(({ company }) => company.industries.includes("Software"))).toEqual([true, true, true]);
      expect(issues).toEqual([]);
      expect([callsOf(app.surfe), profiles()]).toEqual([["icp", "fetch 0-3"], [SENT]]);
    },
  );

  it("saves a new profile, too, where Surfe cannot be reached", async () => {
    await start({ env: { SURFE_BASE_URL: "http://127.0.0.1:9" } });
    const { data } = await app.send(SAVE, { input: SOFTWARE });
    expect(data).toMatchObject({
      upsertICP: {
        icp: { externalUserId: "u1" },
        userErrors: [],
        issues: [{ code: "PROVIDER_UNAVAILABLE", message: `Surfe could not be reached. ${LATER}` }],
      },
    });
    expect((await app.send(`{ icp(externalUserId: "u1") { companies { industries } } }`)).data).toEqual({
      icp: { companies: { industries: ["Software"] } },
    });
  });

  it("goes on serving what it is sent next where Surfe got the profile and its answer was lost", async () => {
    await start();
    const lost = { kind: "reset", when: "after" } as const;
    app.surfe.control.failNext(lost, lost, lost);
    expect((await app.send(SAVE, { input: SOFTWARE })).data).toMatchObject({
      upsertICP: { issues: [{ code: "PROVIDER_UNAVAILABLE" }] },
    });
    expect((await page(3)).nodes).toHaveLength(3);
    expect(profiles()).toEqual([SENT, SENT, SENT, SENT]);
  });

  it("tells on the page what Surfe refuses once it is sent, and sends it again with the next", async () => {
    await start();
    app.surfe.control.failNext({ kind: "status", status: 401 });
    await app.send(SAVE, { input: { externalUserId: "u1", companies: { industries: ["Alchemy"] } } });
    const refused = await app.send(PAGE, { first: 2 });
    expect(refused.errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['Surfe rejected the request (400): companies.industries: does not know "Alchemy"', "PROVIDER_REJECTED_REQUEST"],
    ]);
    await app.send(PAGE, { first: 2 });
    expect(callsOf(app.surfe)).toEqual(["icp", "icp", "icp"]);
  });

  it("takes any 2xx for done, whatever its body: Surfe has the profile", async () => {
    await start();
    app.surfe.control.failNext({ kind: "malformed" });
    expect((await app.send(SAVE, { input: SOFTWARE })).data).toMatchObject({ upsertICP: { issues: [] } });
    await page(2);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
  });
});

describe("ICP.providerId", () => {
  const read = async () => (await app.send(`{ icp(externalUserId: "u1") { providerId } }`)).data;

  it("is Surfe's own id, as its answer had it", async () => {
    await start();
    const { data } = await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { providerId } } }`);
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(data).toEqual({ upsertICP: { icp: { providerId: id } } });
    expect(await read()).toEqual({ icp: { providerId: id } });
  });

  it("is null until Surfe has the profile, and known once it was sent with a page", async () => {
    await start();
    app.surfe.control.failNext({ kind: "status", status: 401 });
    await app.send(SAVE, { input: SOFTWARE });
    expect(await read()).toEqual({ icp: { providerId: null } });
    await page(1);
    expect(await read()).toEqual({ icp: { providerId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  });
});

describe("UpsertICPPayload.userErrors", () => {
  it("tell apart what Surfe tells apart, each at the field that it names", async () => {
    await start();
    const message = ['companies.industries: does not know "Software"', "people.seniorities is gone", "no such plan"];
    app.surfe.control.failNext({ kind: "status", status: 400, body: { code: 400, message } });
    const code = "PROVIDER_REJECTED_REQUEST";
    expect((await app.send(SAVE, { input: SOFTWARE })).data).toEqual({
      upsertICP: {
        icp: null,
        userErrors: [
          { field: ["companies", "industries"], code, message: message[0] },
          { field: ["people", "seniorities"], code, message: message[1] },
          { field: null, code, message: message[2] },
        ],
        issues: [],
      },
    });
  });
});
