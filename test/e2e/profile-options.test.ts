import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

const OPTIONS = "{ profileOptions { industries departments seniorities regions } }";
const DAY_MS = 86_400_000;
const REGIONS = ["W-AF", "W-AMER", "W-APAC", "W-EMEA", "W-EU", "W-LATAM", "W-ME", "W-NA", "W-OC"];

let app: TestApp;
let now: Date;

afterEach(() => app.stop());

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  now = new Date("2026-11-20T12:00:00.000Z");
  app = await startTestApp({ now: () => now, env });
}

/** Lets Surfe answer the next call with this. */
function answer(body: unknown): void {
  app.surfe.control.failNext({ kind: "status", status: 200, body });
}

const calls = (): readonly string[] => app.surfe.control.calls().map(({ method, path }) => `${method} ${path}`);

describe("Query.profileOptions", () => {
  it("tells what Surfe takes, asked for once a day, by one call for all who ask", async () => {
    await start();
    const told = {
      INDUSTRIES: [{ name: "Software" }, "SaaS", " SaaS ", { value: "Banking" }, { x: 1 }, 7, null, ""],
      departments: ["Sales"],
      seniorities: { value: "VP" },
      regions: ["elsewhere"],
    };
    answer(told);
    const options = {
      industries: ["Software", "SaaS", "Banking"],
      departments: ["Sales"],
      seniorities: [],
      regions: REGIONS,
    };
    const answers = await Promise.all([app.send(OPTIONS), app.send(OPTIONS)]);
    expect(answers).toEqual(Array.from({ length: 2 }, () => ({ status: 200, data: { profileOptions: options } })));
    now = new Date(now.getTime() + DAY_MS - 1);
    expect((await app.send(OPTIONS)).data).toEqual({ profileOptions: options });
    expect(calls()).toEqual(["GET /v1/people/search/filters"]);
    now = new Date(now.getTime() + 1);
    answer({ ...told, departments: ["Legal"] });
    expect((await app.send(OPTIONS)).data).toEqual({ profileOptions: { ...options, departments: ["Legal"] } });
    expect(calls()).toHaveLength(2);
  });

  it("tells what was told before where Surfe fails", async () => {
    await start();
    const { data } = await app.send(OPTIONS);
    expect(data).toMatchObject({
      profileOptions: { industries: expect.arrayContaining(["Software"]), regions: REGIONS },
    });
    now = new Date(now.getTime() + DAY_MS);
    app.surfe.control.failAlways({ kind: "status", status: 401 });
    expect(await app.send(OPTIONS)).toEqual({ status: 200, data });
    expect(calls()).toHaveLength(2);
  });

  it("is an error where Surfe fails and told nothing before, or what cannot be read", async () => {
    await start();
    const codes = async (): Promise<unknown> =>
      (await app.send(OPTIONS)).errors?.map(({ extensions }) => extensions.code);
    app.surfe.control.failNext({ kind: "status", status: 402 });
    expect(await codes()).toEqual(["PROVIDER_CREDITS_EXHAUSTED"]);
    answer({ industries: "Software", other: ["x"] });
    expect(await codes()).toEqual(["PROVIDER_BAD_RESPONSE"]);
  });

  it("is null where Surfe is not configured", async () => {
    await start({ SURFE_API_KEY: "", LUSHA_API_KEY: "unused" });
    expect(await app.send(OPTIONS)).toEqual({ status: 200, data: { profileOptions: null } });
    expect(calls()).toEqual([]);
  });
});
