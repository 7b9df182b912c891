import { z } from "zod";
import { startLushaSimulator } from "../../../src/sandbox/lusha/lusha-simulator";
import type { LushaOptions } from "../../../src/sandbox/lusha/lusha-options";
import { EXAMPLE_TIME } from "./start-surfe";
import { send } from "./send";

const Id = z.union([z.string(), z.number()]);
const Companies = z.object({
  companies: z.array(z.object({ companyId: Id, name: z.string(), fqdn: z.string().nullable() })),
  requestId: z.string(),
  count: z.number(),
  creditsCharged: z.number(),
});
const Contacts = z.object({
  contacts: z.array(
    z.object({ personId: Id, companyId: Id, name: z.string(), jobTitle: z.string(), companyName: z.string() }),
  ),
  requestId: z.string(),
  count: z.number(),
});
const Lookalikes = z.object({
  dedupeSessionId: z.string(),
  results: z.array(z.looseObject({ companyId: Id.optional(), contactId: Id.optional() })),
  meta: z.object({ returned: z.number(), hasMore: z.boolean() }),
  creditsCharged: z.number(),
});

/** The catalogue's first company and person, which are the provider's own example. */
export const SEEDS = [{ companyId: "6504" }];
export const CONTACT_SEEDS = [{ personId: "675851474", companyId: "6504" }];

/** A Lusha that knows most of the catalogue's first 40 companies, and has its clock stand still. */
export async function startLusha(options: LushaOptions = {}) {
  const simulator = await startLushaSimulator({
    companies: 40,
    nonce: "test",
    now: () => EXAMPLE_TIME,
    ...options,
  });
  const call = (path: string, body: unknown, apiKey = "sandbox") =>
    send(simulator.url + path, { headers: { api_key: apiKey }, body });
  const recommend = (body: unknown, apiKey?: string) => call("/api/recommendations/companies", body, apiKey);
  const recommendContacts = (body: unknown) => call("/api/recommendations/contacts", body);

  /** Companies like the example's. */
  const companies = async (more: object = {}) =>
    Companies.parse((await recommend({ companies: SEEDS, limit: 5, ...more })).body);

  /** A whole set, page by page, until an empty one: ids, a list a page. */
  async function pages(more: object = {}) {
    const all: (string | number)[][] = [];
    let requestId: string | undefined;
    for (;;) {
      const page = await companies({ ...more, requestId });
      if (page.count === 0) return all;
      all.push(page.companies.map(({ companyId }) => companyId));
      requestId = page.requestId;
    }
  }

  const contacts = async (more: object = {}) =>
    Contacts.parse((await recommendContacts({ contacts: CONTACT_SEEDS, limit: 5, ...more })).body);
  const lookalike = (kind: "contacts" | "companies", body: unknown) => call(`/v3/lookalike/${kind}`, body);
  const lookalikes = async (kind: "contacts" | "companies", body: unknown) =>
    Lookalikes.parse((await lookalike(kind, body)).body);

  return { ...simulator, call, recommend, recommendContacts, companies, pages, contacts, lookalike, lookalikes };
}

export type TestLusha = Awaited<ReturnType<typeof startLusha>>;
