import { entityKey, type EntityKey } from "../../domain/entity-key";
import type { PersonExample } from "../../domain/profile";
import { toDomain, toLinkedinSlug } from "../../domain/web-address";
import { parseGlobalId } from "../../relay/global-id";

/** One way of naming a company. */
export interface CompanyReference {
  readonly id?: string | null;
  readonly domain?: string | null;
  readonly linkedinUrl?: string | null;
  readonly lushaCompanyId?: string | null;
}

/** One way of naming a person. */
export interface PersonReference {
  readonly id?: string | null;
  readonly linkedinUrl?: string | null;
  readonly lusha?: { readonly personId: string; readonly companyId: string } | null;
}

/** What a reference names, or what is wrong with it. */
export type Resolved<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const COMPANY_FORMS = "id, domain, linkedinUrl or lushaCompanyId";
const PERSON_FORMS = "id, linkedinUrl or lusha";

export function resolveCompany({ id, domain, linkedinUrl, lushaCompanyId }: CompanyReference): Resolved<EntityKey> {
  const [only, ...others] = [
    ...(id == null ? [] : [byId("Company", id)]),
    ...(domain == null ? [] : [companyByDomain(domain)]),
    ...(linkedinUrl == null ? [] : [companyByLinkedin(linkedinUrl)]),
    ...(lushaCompanyId == null ? [] : [lushaId("Company", lushaCompanyId)]),
  ];
  return only && others.length === 0 ? only : wrong(`Name the company in exactly one way: ${COMPANY_FORMS}.`);
}

export function resolvePerson({ id, linkedinUrl, lusha }: PersonReference): Resolved<PersonExample> {
  const [only, ...others] = [
    ...(id == null ? [] : [byId("Person", id)]),
    ...(linkedinUrl == null ? [] : [personByLinkedin(linkedinUrl)]),
    ...(lusha == null ? [] : [lushaId("Person", lusha.personId)]),
  ];
  if (!only || others.length > 0) return wrong(`Name the person in exactly one way: ${PERSON_FORMS}.`);
  if (!only.ok) return only;
  if (lusha == null) return named({ key: only.value, lushaCompanyId: null });
  const company = lushaId("Company", lusha.companyId);
  return company.ok ? named({ key: only.value, lushaCompanyId: lusha.companyId }) : company;
}

/** What is wrong with an id that could be one of ours, but leads to nothing that is known. */
export function unknownId(id: string): string {
  return `${quote(id)} is the id of nothing that is known here. Pass an unchanged \`id\` of this graph.`;
}

export function companyByDomain(text: string): Resolved<EntityKey> {
  const domain = toDomain(text);
  if (domain) return named(entityKey("Company", "domain", domain));
  return wrong(
    `${quote(text)} is not a company's domain. Give a registrable one such as acme.com; a shared host is nobody's.`,
  );
}

export function companyByLinkedin(text: string): Resolved<EntityKey> {
  const slug = toLinkedinSlug("Company", text);
  if (slug) return named(entityKey("Company", "linkedin", slug));
  return wrong(
    `${quote(text)} is not a company's LinkedIn address. Give one such as https://www.linkedin.com/company/acme.`,
  );
}

export function personByLinkedin(text: string): Resolved<EntityKey> {
  const slug = toLinkedinSlug("Person", text);
  if (slug) return named(entityKey("Person", "linkedin", slug));
  return wrong(
    `${quote(text)} is not a person's LinkedIn address. Give one such as https://www.linkedin.com/in/jane-doe.`,
  );
}

function lushaId(kind: "Company" | "Person", id: string): Resolved<EntityKey> {
  if (/^[\w-]{1,64}$/.test(id)) return named(entityKey(kind, "lusha", id));
  return wrong(`${quote(id)} is not a Lusha id. Give a ${kind.toLowerCase()}'s as Lusha writes it, such as 6504.`);
}

function byId(kind: "Company" | "Person", id: string): Resolved<EntityKey> {
  const name = parseGlobalId(id);
  if (name?.kind === kind) return named(name.key);
  return wrong(`${quote(id)} is not the id of a ${kind}. Pass an unchanged \`id\` of one.`);
}

function named<T>(value: T): Resolved<T> {
  return { ok: true, value };
}

function wrong(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
