import { z } from "zod";
import { startLetricsSimulator } from "../../../src/sandbox/letrics/letrics-simulator";
import type { LetricsOptions } from "../../../src/sandbox/letrics/letrics-options";
import { send } from "./send";

const Company = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  industries: z.array(z.string()),
  location: z.string(),
  technologies: z.array(z.string()),
  functions: z.array(z.string()),
  created_at: z.string(),
});
const Meta = z.object({ page: z.number(), per_page: z.number(), total: z.number().optional() });
const Companies = z.object({ data: z.array(Company), meta: Meta });
const Contacts = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      job_title: z.string(),
      department: z.string(),
      seniority: z.string(),
      is_decision_maker: z.boolean(),
      personal_emails: z.array(z.string()),
      linkedin_url: z.string().nullable(),
      company: Company,
    }),
  ),
  meta: Meta,
});

/** 1 December 2026: after the newest of the catalogue's companies was created. */
export const LETRICS_TIME = Date.UTC(2026, 11, 1);

/** A Letrics that knows most of the catalogue's first 30 companies, and has its clock stand still. */
export async function startLetrics(options: LetricsOptions = {}) {
  const simulator = await startLetricsSimulator({ companies: 30, now: () => LETRICS_TIME, ...options });
  const headers = { authorization: "Bearer sandbox" };
  const post = (path: string, body: unknown = {}) => send(simulator.url + path, { headers, body });
  const get = (pathAndQuery: string) => send(simulator.url + pathAndQuery, { method: "GET", headers });
  const companies = async (body: object = {}) => Companies.parse((await post("/companies", body)).body);
  const contacts = async (body: object = {}) => Contacts.parse((await post("/contacts", body)).body);

  /** Names of companies, without what was added to them. */
  const names = async (body: object = {}) =>
    (await companies(body)).data.map(({ name }) => name.replace(/,? (Inc\.?|Ltd)$/, "").toLowerCase());

  return { ...simulator, post, get, companies, contacts, names };
}

export type TestLetrics = Awaited<ReturnType<typeof startLetrics>>;
