import { entityKey, type EntityKey } from "../../domain/entity-key";
import type { PersonExample } from "../../domain/profile";
import { PROVIDER_NAMES, slugOf, type Provider } from "../../domain/provider";
import { toDomain, toLinkedinSlug } from "../../domain/web-address";
import { parseGlobalId } from "../../relay/global-id";

/** A reference to a company; exactly one field must be set. */
export interface CompanyReference {
  readonly id?: string | null;
  readonly domain?: string | null;
  readonly linkedinUrl?: string | null;
  readonly own?: OwnIds<string>;
}

/** A reference to a person; exactly one field must be set. */
export interface PersonReference {
  readonly id?: string | null;
  readonly linkedinUrl?: string | null;
  readonly own?: OwnIds<{ readonly personId: string; readonly companyId: string }>;
}

/** The ids that one provider uses, as an input gives them. */
export interface OwnIds<Ids> {
  readonly provider: Provider;
  /** The input field that takes them. */
  readonly field: string;
  /** `null` where the input names the entity in another way. */
  readonly ids: Ids | null;
}

/** The key that a reference names, or what is wrong with the reference. */
export type Resolved<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/**
 * The key that a reference to a company names.
 *
 * @example
 * resolveCompany({ domain: "www.Acme.com" }); // { ok: true, value: "Company:domain:acme.com" }
 * resolveCompany({}); // { ok: false, message: "Name the company in exactly one way: id, domain or linkedinUrl." }
 */
export function resolveCompany({ id, domain, linkedinUrl, own }: CompanyReference): Resolved<EntityKey> {
  const [only, ...others] = [
    ...(id == null ? [] : [byId("Company", id)]),
    ...(domain == null ? [] : [companyByDomain(domain)]),
    ...(linkedinUrl == null ? [] : [companyByLinkedin(linkedinUrl)]),
    ...(own?.ids == null ? [] : [byOwnId("Company", own.provider, own.ids)]),
  ];
  if (only && others.length === 0) return only;
  return wrong(`Name the company in exactly one way: ${fieldList("id", "domain", "linkedinUrl", own?.field)}.`);
}

/** The key that a reference to a person names, and the key of their company where the reference has one. */
export function resolvePerson({ id, linkedinUrl, own }: PersonReference): Resolved<PersonExample> {
  const [only, ...others] = [
    ...(id == null ? [] : [byId("Person", id)]),
    ...(linkedinUrl == null ? [] : [personByLinkedin(linkedinUrl)]),
    ...(own?.ids == null ? [] : [byOwnId("Person", own.provider, own.ids.personId)]),
  ];
  if (!only || others.length > 0) {
    return wrong(`Name the person in exactly one way: ${fieldList("id", "linkedinUrl", own?.field)}.`);
  }
  if (!only.ok) return only;
  if (own?.ids == null) return named({ key: only.value, companyKey: null });
  const company = byOwnId("Company", own.provider, own.ids.companyId);
  return company.ok ? named({ key: only.value, companyKey: company.value }) : company;
}

/** The message for a well-formed id of an entity that has no record. */
export function unknownId(id: string): string {
  return `${quote(id)} is not an id that this server knows. Pass an unchanged \`id\` of this graph.`;
}

export function companyByDomain(text: string): Resolved<EntityKey> {
  const domain = toDomain(text);
  if (domain) return named(entityKey("Company", "domain", domain));
  return wrong(
    `${quote(text)} is not a company's domain. Give a registrable domain such as acme.com. A host that many companies share is not accepted.`,
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

function byOwnId(kind: "Company" | "Person", provider: Provider, id: string): Resolved<EntityKey> {
  if (/^[\w-]{1,64}$/.test(id)) return named(entityKey(kind, slugOf(provider), id));
  const name = PROVIDER_NAMES[provider];
  return wrong(`${quote(id)} is not a ${name} id. Give a ${kind.toLowerCase()}'s as ${name} writes it, such as 6504.`);
}

const ONE_OF = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** `id, domain or linkedinUrl`: the input fields that name an entity. */
function fieldList(...fields: readonly (string | undefined)[]): string {
  return ONE_OF.format(fields.filter((field) => field !== undefined));
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
