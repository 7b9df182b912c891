import { UNKNOWN_COMPANY } from "../../domain/company";
import { parseEntityKey, type EntityKey } from "../../domain/entity-key";
import { UNKNOWN_PERSON } from "../../domain/person";
import { linkedinUrl } from "../../domain/web-address";
import { entityId } from "../../relay/global-id";
import type { CompanyNode, PersonNode } from "../nodes";

/** A company without records: known by its key only. */
export function bareCompany(key: EntityKey): CompanyNode {
  const name = parseEntityKey(key);
  return {
    id: entityId(key),
    kind: "Company",
    key,
    keys: [key],
    ...UNKNOWN_COMPANY,
    domain: name?.space === "domain" ? name.value : null,
    linkedinUrl: name?.space === "linkedin" ? linkedinUrl("Company", name.value) : null,
    sources: [],
  };
}

/** A person without records: known by their key only. */
export function barePerson(key: EntityKey): PersonNode {
  const name = parseEntityKey(key);
  return {
    id: entityId(key),
    kind: "Person",
    key,
    keys: [key],
    employer: null,
    ...UNKNOWN_PERSON,
    linkedinUrl: name?.space === "linkedin" ? linkedinUrl("Person", name.value) : null,
    sources: [],
  };
}
