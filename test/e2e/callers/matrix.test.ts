import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { SCOPES } from "../../../src/domain/access";
import { temporaryFolder } from "../../support/server-process";
import { startTestApp, type Answer, type TestApp } from "../../support/test-app";
import { startTokenIssuer, type TokenIssuer } from "../../support/token-issuer";

type Headers = Readonly<Record<string, string>>;

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");
const KEYS = ["all", ...SCOPES];
const SANDBOX_KEYS = {
  surfe: { apiKey: "sandbox" },
  lusha: { apiKey: "sandbox" },
  linkup: { apiKey: "sandbox", loginToken: "sandbox" },
  letrics: { apiKey: "sandbox" },
};

let folder: ReturnType<typeof temporaryFolder>;
let issuer: TokenIssuer;
let app: TestApp;
let callers: Readonly<Record<string, Headers>>;
let ids: { readonly profile: string; readonly company: string };

const bearer = (text: string): Headers => ({ authorization: `Bearer ${text}` });

beforeAll(async () => {
  folder = temporaryFolder();
  issuer = await startTokenIssuer();
  const file = join(folder.path, "tenants.json");
  const keys = KEYS.map((name) => ({ name, sha256: sha256(name), ...(name === "all" ? {} : { scopes: [name] }) }));
  const tenants = [
    { id: "acme", keys, providers: SANDBOX_KEYS },
    { id: "other", keys: [{ name: "other", sha256: sha256("other") }], providers: SANDBOX_KEYS },
  ];
  writeFileSync(file, JSON.stringify({ tenants }));
  app = await startTestApp({
    providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"],
    surfe: { companies: 40 },
    env: { ...issuer.env, AUTH: "api-key,jwt", TENANTS_FILE: file, METRICS_TOKEN: "metrics" },
  });
  const scope = SCOPES.join(" ");
  callers = {
    "no credentials": {},
    "wrong key": bearer("wrong"),
    "key: read": bearer("read"),
    "key: spend": bearer("spend"),
    "key: write": bearer("write"),
    "key: users": bearer("users"),
    "token: read": bearer(await issuer.sign({ sub: "jane", tenant: "acme" })),
    "token: all": bearer(await issuer.sign({ sub: "jane", tenant: "acme", scope })),
    "expired token": bearer(await issuer.sign({ sub: "jane", tenant: "acme", exp: 1 })),
    "token: no tenant": bearer(await issuer.sign({ sub: "jane", scope })),
    "key: other tenant": { "x-api-key": "other" },
    "key: all": { "x-api-key": "all" },
  };
  const all = callers["key: all"];
  for (const input of ["", 'externalUserId: "jane"', 'externalUserId: "joe"']) {
    await app.send(`mutation { upsertICP(input: { ${input} }) { icp { id } } }`, {}, all);
  }
  const { data } = await app.send(
    `{ icp(externalUserId: "joe") { id } recommendations(first: 2) { nodes { company { id } } } }`,
    {},
    all,
  );
  const saved = data as {
    readonly icp: { readonly id: string };
    readonly recommendations: { readonly nodes: readonly { readonly company: { readonly id: string } }[] };
  };
  ids = { profile: saved.icp.id, company: saved.recommendations.nodes[0]?.company.id ?? "" };
});

afterAll(async () => {
  await app.stop();
  await issuer.stop();
  folder.remove();
});

/** What is asked for; `$profile` is joe's, `$company` is recorded for acme. */
const REQUESTS: Readonly<Record<string, string>> = {
  "own recorded rows": "{ recommendations(first: 2) { totalCount issues { code } } }",
  "own rows past the record": "{ recommendations(first: 10) { totalCount issues { code } } }",
  "another user's rows": '{ recommendations(externalUserId: "joe", first: 1) { totalCount issues { code } } }',
  icp: "{ icp { id } }",
  icps: "{ icps { totalCount } }",
  "node: joe's ICP": "query($profile: ID!) { node(id: $profile) { id } }",
  "node: a company": "query($company: ID!) { node(id: $company) { id } }",
  nodes: "query($company: ID!) { nodes(ids: [$company]) { id } }",
  _entities:
    'query($company: ID!) { _entities(representations: [{ __typename: "Company", id: $company }]) { __typename } }',
  _service: "{ _service { sdl } }",
  company: '{ company(domain: "surfe.com") { id } }',
  person: '{ person(linkedinUrl: "https://www.linkedin.com/in/nobody") { id } }',
  companies: '{ companies(filter: { industries: ["Software"] }, first: 1) { issues { code } } }',
  people: '{ people(filter: { jobTitles: ["CEO"] }, first: 1) { issues { code } } }',
  similarCompanies: '{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 1) { issues { code } } }',
  "nested similarCompanies":
    "{ recommendations(first: 2) { nodes { company { similarCompanies(first: 1) { issues { code } } } } } }",
  similarPeople:
    '{ similarPeople(people: [{ lusha: { personId: "675851474", companyId: "6504" } }], first: 1) { issues { code } } }',
  networkRecommendations: "{ networkRecommendations(first: 1) { issues { code } } }",
  providers: "{ providers { creditsSpent } }",
  spending: "{ spending { calls } }",
  profileOptions: "{ profileOptions { industries } }",
  "upsertICP: own": "mutation { upsertICP(input: {}) { icp { id } } }",
  "upsertICP: own and its rows":
    "mutation { upsertICP(input: {}) { icp { recommendations(first: 1) { nodes { id } } } } }",
  "upsertICP: joe's": 'mutation { upsertICP(input: { externalUserId: "joe" }) { icp { id } } }',
  "deleteICP: joan's": 'mutation { deleteICP(externalUserId: "joan") }',
};

/** What is estimated. */
const ESTIMATES: Readonly<Record<string, string>> = {
  "estimate: own recorded rows": REQUESTS["own recorded rows"] ?? "",
  "estimate: own rows past the record": "{ recommendations(first: 20, providers: [SURFE]) { totalCount } }",
  "estimate: another user's rows": '{ recommendations(externalUserId: "joe", first: 1) { totalCount } }',
  "estimate: upsertICP": "mutation { upsertICP(input: {}) { icp { id } } }",
  "estimate: upsertICP of joe's": REQUESTS["upsertICP: joe's"] ?? "",
  "estimate: deleteICP of joan's": REQUESTS["deleteICP: joan's"] ?? "",
};

/** Enough for those whose credentials are rejected: more attempts would be rejected for their number. */
const REJECTED = ["own recorded rows", "_service", "upsertICP: own"];

/** `ok`, `null` for no data, the code of an issue, or the code of the error; with the status where it is not 200. */
function outcomeOf({ status, data, errors }: Answer<unknown>): string {
  const [error] = errors ?? [];
  if (error) return status === 200 ? error.extensions.code : `${String(status)} ${error.extensions.code}`;
  const [codes] = [...JSON.stringify(data).matchAll(/"issues":\[\{"code":"(\w+)"/g)].map(([, code]) => code);
  if (codes !== undefined) return `ok, issue ${codes}`;
  const [value] = Object.values(data as object) as readonly unknown[];
  return (Array.isArray(value) ? value[0] : value) === null ? "null" : "ok";
}

/** The most calls that an operation would make; or the code of the error. */
async function estimateOf(text: string, headers: Headers): Promise<string> {
  const { status, body } = await app.estimate(text, {}, headers);
  const { calls, errors } = body as { readonly calls?: number; readonly errors?: Answer<unknown>["errors"] };
  if (calls !== undefined) return calls === 0 ? "ok, no call" : "ok, calls";
  return `${status === 200 ? "" : `${String(status)} `}${String(errors?.[0]?.extensions.code)}`;
}

it("each caller may do what its scopes let it, and nothing else", async () => {
  const table = ["| caller | outcome | requests |", "| --- | --- | --- |"];
  for (const [caller, headers] of Object.entries(callers)) {
    const byOutcome = new Map<string, string[]>();
    const isRejected =
      (await app.send("{ __typename }", {}, headers)).errors?.[0]?.extensions.code === "UNAUTHENTICATED";
    for (const [name, text] of Object.entries(REQUESTS)) {
      if (isRejected && !REJECTED.includes(name)) continue;
      const outcome = outcomeOf(await app.send(text, { ...ids }, headers));
      byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), name]);
    }
    for (const [name, text] of Object.entries(isRejected ? {} : ESTIMATES)) {
      const outcome = await estimateOf(text, headers);
      byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), name]);
    }
    for (const [outcome, names] of byOutcome) table.push(`| ${caller} | ${outcome} | ${names.join(", ")} |`);
  }
  const path = join(__dirname, "../../../docs/callers.md");
  const docs = readFileSync(path, "utf8");
  const [before = "", rest = ""] = docs.split("<!-- matrix -->");
  const [, after = ""] = rest.split("<!-- end of matrix -->");
  const written = `${before}<!-- matrix -->\n\n${table.join("\n")}\n\n<!-- end of matrix -->${after}`;
  if (process.env["WRITE_DOCS"]) writeFileSync(path, written);
  else expect(unpadded(docs)).toBe(unpadded(written));
});

/** Without the spaces that align the columns of tables. */
function unpadded(text: string): string {
  return text.replace(/ +\|/g, " |").replace(/-{3,}/g, "---");
}
