import { toDomain, toLinkedinSlug } from "../../../src/domain/web-address";
import type { Sandbox } from "../../../src/sandbox/sandbox";
import { send } from "./send";

type Row = Readonly<Record<string, unknown>>;

/** Names that rows gave to one company or person, a list a row. */
type Names = readonly string[];

/** What the rows of every provider name, by the domain layer's reading of them. */
export interface Named {
  readonly companies: readonly Names[];
  readonly people: readonly Names[];
}

const asRows = (value: unknown) => value as readonly Row[];
const asRow = (value: unknown) => value as Row;

function names(...parts: readonly (readonly [space: string, value: unknown])[]): Names {
  return parts.flatMap(([space, value]) => {
    if (typeof value !== "string" || value === "") return [];
    if (space === "domain") return `domain ${String(toDomain(value))}`;
    if (space === "page") return `page ${String(toLinkedinSlug("Company", value))}`;
    return space === "profile" ? `profile ${String(toLinkedinSlug("Person", value))}` : `${space} ${value}`;
  });
}

/** Up to 200 rows of each provider's every list, unfiltered, read as a client would. */
export async function readAll(sandbox: Sandbox): Promise<Named> {
  const parts = await Promise.all([
    surfe(sandbox),
    lusha(sandbox),
    lookalikes(sandbox),
    linkUp(sandbox),
    letrics(sandbox),
  ]);
  return { companies: parts.flatMap((part) => part.companies), people: parts.flatMap((part) => part.people) };
}

/** How many different ones a list of names has. */
export function countJoined(all: readonly Names[]): number {
  let groups: readonly ReadonlySet<string>[] = [];
  for (const row of all) {
    const touched = groups.filter((group) => row.some((name) => group.has(name)));
    groups = [
      ...groups.filter((group) => !touched.includes(group)),
      new Set([row, ...touched].flatMap((one) => [...one])),
    ];
  }
  return groups.length;
}

async function surfe({ surfe: { url } }: Sandbox): Promise<Named> {
  const headers = { authorization: "Bearer sandbox" };
  await send(`${url}/v2/recommendations/icp`, { headers, body: {} });
  const pagination = { from: 0, to: 200 };
  const { body } = await send(`${url}/v2/recommendations/fetch`, { headers, body: { pagination } });
  const companies = asRows(asRow(body)["companies"]);
  return {
    companies: companies.map((row) => names(["domain", row["domain"]], ["page", row["linkedInURL"]])),
    people: companies.flatMap((row) =>
      asRows(row["people"]).map((person) =>
        "linkedinUrl" in person
          ? names(["profile", person["linkedinUrl"]])
          : names([
              "surfe",
              JSON.stringify([row["domain"], person["firstName"], person["lastName"], person["jobTitle"]]),
            ]),
      ),
    ),
  };
}

async function lusha({ lusha: { url } }: Sandbox): Promise<Named> {
  const ask = async (path: string, body: object) => {
    const reply = await send(url + path, { headers: { api_key: "sandbox" }, body: { ...body, limit: 25 } });
    return asRow(reply.body);
  };
  const companies = asRows(
    (await ask("/api/recommendations/companies", { companies: [{ companyId: "6504" }] }))["companies"],
  );
  const contacts = asRows(
    (await ask("/api/recommendations/contacts", { contacts: [{ personId: "675851474", companyId: "6504" }] }))[
      "contacts"
    ],
  );
  return {
    companies: [
      ...companies.map((row) => names(["lusha", row["companyId"]], ["domain", row["fqdn"]])),
      ...contacts.map((row) => names(["lusha", row["companyId"]])),
    ],
    people: contacts.map((row) => names(["lusha", row["personId"]])),
  };
}

async function lookalikes({ lusha: { url } }: Sandbox): Promise<Named> {
  const ask = async (kind: string, seeds: object) => {
    const headers = { api_key: "sandbox" };
    return asRows(
      asRow((await send(`${url}/v3/lookalike/${kind}`, { headers, body: { seeds, limit: 100 } })).body)["results"],
    );
  };
  const ids = (first: number) => Array.from({ length: 5 }, (_, place) => first + place);
  const companies = await ask("companies", { companyIds: ids(6504) });
  const contacts = await ask("contacts", { contactIds: ids(675851474) });
  return {
    companies: [...companies, ...contacts.map((row) => asRow(row["company"]))].map((row) =>
      names(["lusha", row["companyId"]], ["domain", row["domain"]], ["page", row["linkedinUrl"]]),
    ),
    people: contacts.map((row) =>
      names(["lusha", row["contactId"]], ["profile", asRow(row["socialLinks"] ?? {})["linkedin"]]),
    ),
  };
}

async function linkUp({ linkup: { url } }: Sandbox): Promise<Named> {
  const { body } = await send(`${url}/v1/network/recommendations`, {
    headers: { "x-api-key": "sandbox" },
    body: { login_token: "sandbox", total_results: 200 },
  });
  const people = asRows(asRow(asRow(body)["data"])["recommendations"]);
  return { companies: [], people: people.map((row) => names(["profile", row["profile_url"]])) };
}

async function letrics({ letrics: { url } }: Sandbox): Promise<Named> {
  const ask = async (path: string, page: number) => {
    const headers = { authorization: "Bearer sandbox" };
    return asRows(asRow((await send(url + path, { headers, body: { per_page: 100, page } })).body)["data"]);
  };
  const companies = [...(await ask("/companies", 1)), ...(await ask("/companies", 2))];
  const contacts = [...(await ask("/contacts", 1)), ...(await ask("/contacts", 2))];
  return {
    companies: [...companies, ...contacts.map((row) => asRow(row["company"]))].map((row) =>
      names(["letrics", row["id"]], ["domain", row["domain"]], ["page", row["linkedin_url"]]),
    ),
    people: contacts.map((row) => names(["letrics", row["id"]], ["profile", row["linkedin_url"]])),
  };
}
