import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";
import type { KeptPageQueryVariables, UpsertIcpInput } from "./documents/graphql";

// An answer that was made of nothing but records is kept, and sent again. Each test here asks until it is, changes one
// thing that the answer depends on, and asks once more.

const SaveKeptProfile = graphql(`
  mutation SaveKeptProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

const KeptPage = graphql(`
  query KeptPage($user: String, $first: Int, $withPeople: Boolean = false) {
    recommendations(externalUserId: $user, first: $first) {
      totalCount
      issues {
        code
      }
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        company {
          name
          sources {
            provider
            fetchedAt
          }
        }
        people(first: 1) @include(if: $withPeople) {
          totalCount
        }
      }
    }
  }
`);

const KeptNetwork = graphql(`
  query KeptNetwork {
    networkRecommendations(first: 2) {
      nodes {
        person {
          fullName
        }
      }
    }
  }
`);

const KeptSearch = graphql(`
  query KeptSearch {
    companies(first: 100) {
      nodes {
        name
      }
    }
  }
`);

const PageAndSpending = graphql(`
  query PageAndSpending {
    recommendations(externalUserId: "u1", first: 1) {
      nodes {
        company {
          name
        }
      }
    }
    providers {
      creditsSpent
    }
  }
`);

const PageAndLookalikes = graphql(`
  query PageAndLookalikes {
    recommendations(externalUserId: "u1", first: 40) {
      nodes {
        company {
          similarCompanies(first: 1) {
            nodes {
              id
            }
          }
        }
      }
    }
  }
`);

const Lookalikes = graphql(`
  query Lookalikes {
    similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 100) {
      nodes {
        id
      }
    }
  }
`);

const HOUR_MS = 3_600_000;

let app: TestApp;
let now: Date;

beforeEach(() => {
  now = new Date("2026-11-20T08:00:00.000Z");
});
afterEach(() => app.stop());

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 4 }, now: () => now, ...options });
}

async function save(input: UpsertIcpInput): Promise<void> {
  expect((await app.query(SaveKeptProfile, { input })).data.upsertICP?.userErrors).toEqual([]);
}

async function page(variables: KeptPageQueryVariables) {
  const { data, errors } = await app.query(KeptPage, variables);
  expect(errors).toBeUndefined();
  return present(data.recommendations);
}

/** The last of so many answers that it is one that was kept. */
async function often<T>(ask: () => Promise<T>): Promise<T> {
  for (let i = 0; i < 4; i++) await ask();
  return ask();
}

const namesOf = ({ nodes }: Awaited<ReturnType<typeof page>>) => nodes.map(({ company }) => company?.name);

describe("a kept page", () => {
  it("says that there may be more once the end is worth another look", async () => {
    await start();
    await save({ externalUserId: "u1" });
    await page({ user: "u1", first: 10 });
    const ended = await often(() => page({ user: "u1", first: 4 }));
    expect(ended).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } });
    now = new Date(now.getTime() + HOUR_MS);
    expect(await page({ user: "u1", first: 4 })).toEqual({ ...ended, pageInfo: { hasNextPage: true } });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-10"]);
  });

  it("fetches what lies past it once the end is worth another look", async () => {
    await start();
    await save({ externalUserId: "u1" });
    const ended = await often(() => page({ user: "u1", first: 10 }));
    app.surfe.control.insert(2);
    app.surfe.control.turnDay();
    now = new Date(now.getTime() + HOUR_MS);
    const grown = await page({ user: "u1", first: 10 });
    expect(namesOf(grown).slice(0, 4)).toEqual(namesOf(ended));
    expect(grown.nodes).toHaveLength(6);
    expect(callsOf(app.surfe)[2]).toBe("fetch 3-10");
  });

  it("gives way to a new list when its own is too old", async () => {
    await start({ env: { SURFE_FEED_MAX_AGE: "PT2H", SURFE_RECHECK_AFTER: "P1D" } });
    await save({ externalUserId: "u1" });
    const old = await often(() => page({ user: "u1", first: 2 }));
    now = new Date(now.getTime() + 2 * HOUR_MS);
    const young = await page({ user: "u1", first: 2 });
    expect(young.nodes.map(({ id }) => id)).not.toEqual(old.nodes.map(({ id }) => id));
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2", "fetch 0-2"]);
  });

  it("gives way to a new list when the profile is replaced", async () => {
    await start({ surfe: { companies: 200 } });
    await save({ externalUserId: "u1" });
    const old = await often(() => page({ user: "u1", first: 2 }));
    await save({ externalUserId: "u1", companies: { industries: ["Banking"] } });
    const other = await often(() => page({ user: "u1", first: 2 }));
    expect(namesOf(other)).not.toEqual(namesOf(old));
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2", "icp", "fetch 0-2"]);
  });

  it("shows what was recorded since of the companies on it, by whomever", async () => {
    await start({ providers: ["SURFE", "LETRICS"], letrics: { companies: 60 } });
    await save({ externalUserId: "u1" });
    const sources = async () => present((await page({ user: "u1", first: 1 })).nodes[0]?.company).sources;
    const bySurfe = { provider: "SURFE", fetchedAt: "2026-11-20T08:00:00.000Z" };
    expect(await often(sources)).toEqual([bySurfe]);
    now = new Date(now.getTime() + HOUR_MS);
    const found = await app.query(KeptSearch);
    expect(found.data.companies?.nodes).toContainEqual({ name: "Surfe" });
    const byLetrics = { provider: "LETRICS", fetchedAt: "2026-11-20T09:00:00.000Z" };
    expect(await sources()).toEqual([bySurfe, byLetrics]);
    await save({ externalUserId: "u2" });
    expect(await often(sources)).toEqual([bySurfe, byLetrics]);
    await page({ user: "u2", first: 1 });
    expect(await sources()).toEqual([{ ...bySurfe, fetchedAt: "2026-11-20T09:00:00.000Z" }, byLetrics]);
  });

  it("is that user's, with the fields that were included", async () => {
    await start();
    for (const externalUserId of ["u1", "u2"]) await save({ externalUserId });
    const first = await often(() => page({ user: "u1", first: 2 }));
    const second = await often(() => page({ user: "u2", first: 2 }));
    expect(second.nodes.map(({ id }) => id)).not.toEqual(first.nodes.map(({ id }) => id));
    const whole = await often(() => page({ user: "u1", first: 2, withPeople: true }));
    expect(whole.nodes.map(({ people }) => people)).toEqual([{ totalCount: expect.any(Number) }, expect.anything()]);
    expect(await page({ user: "u1", first: 2 })).toEqual(first);
  });

  it("is held against the limits as any other", async () => {
    await start({ env: { MAX_NODES: "20" } });
    await save({ externalUserId: "u1" });
    await often(() => page({ user: "u1", first: 2 }));
    for (let i = 0; i < 3; i++) {
      const refused = await app.query(KeptPage, { user: "u1", first: 21 });
      expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(["OPERATION_TOO_COSTLY"]);
    }
    await app.restart({ MAX_NODES: "1" });
    expect(await app.query(KeptPage, { user: "u1", first: 2 })).toMatchObject({ status: 400 });
  });

  it("does not outlast a failure, nor a failure what it hid", async () => {
    await start();
    await save({ externalUserId: "u1" });
    const recorded = await often(() => page({ user: "u1", first: 2 }));
    app.surfe.control.failAlways({ kind: "status", status: 401 });
    const short = await often(() => page({ user: "u1", first: 3 }));
    expect(short).toEqual({ ...recorded, issues: [{ code: "PROVIDER_CREDENTIALS_REJECTED" }] });
    expect(await page({ user: "u1", first: 2 })).toEqual(recorded);
    app.surfe.control.failAlways(null);
    expect(await page({ user: "u1", first: 3 })).toMatchObject({ issues: [], nodes: [{}, {}, {}] });
  });
});

describe("kept suggestions", () => {
  it("are the account's whose token came with the request", async () => {
    await start({ providers: ["LINKUP"], linkup: { companies: 200, loginTokens: ["sandbox", "another"] } });
    const own = await often(() => app.query(KeptNetwork));
    const asAnother = () => app.query(KeptNetwork, undefined, { "x-linkup-login-token": "another" });
    const other = await often(asAnother);
    expect(other.data).not.toEqual(own.data);
    expect([await app.query(KeptNetwork), await asAnother()]).toEqual([own, other]);
    expect(app.linkup.control.calls()).toHaveLength(2);
  });
});

describe("an answer that reads more than the record", () => {
  it("is never kept where it holds a list of another provider", async () => {
    const surfe = { companies: 400 };
    await start({
      providers: ["SURFE", "LUSHA"],
      surfe,
      env: { LUSHA_FEED_MAX_AGE: "PT1H", MAX_PROVIDER_CALLS: "100" },
    });
    await save({ externalUserId: "u1" });
    await app.query(Lookalikes); // gives some of Surfe's companies their name at Lusha
    const lookalikes = async () =>
      present((await app.query(PageAndLookalikes)).data.recommendations).nodes.flatMap(
        ({ company }) => company?.similarCompanies?.nodes ?? [],
      );
    const old = await often(lookalikes);
    expect(old.length).toBeGreaterThan(0);
    now = new Date(now.getTime() + HOUR_MS);
    const young = await lookalikes();
    expect(young.length).toBeGreaterThan(0);
    expect(young).not.toEqual(old);
  });

  it("is never kept where it tells what was spent", async () => {
    await start();
    await save({ externalUserId: "u1" });
    const spent = async () => present((await app.query(PageAndSpending)).data.providers[0]).creditsSpent;
    expect(await often(spent)).toBe(1);
    await page({ user: "u1", first: 4 });
    expect(await spent()).toBe(4);
  });
});
