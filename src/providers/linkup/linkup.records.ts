import { entityKey, strongestKey, unnamedKey } from "../../domain/entity-key";
import { UNKNOWN_PERSON, type PersonFields } from "../../domain/person";
import type { PersonRecord } from "../../domain/record";
import { linkedinUrl, toLinkedinSlug } from "../../domain/web-address";
import type { NewItem } from "../../feeds/feed/feed-model";
import type { WirePerson } from "./linkup.wire";

/** A person that LinkedIn suggests. Their company is not guessed from the text under their name. */
export function toPersonItem(wire: WirePerson): NewItem {
  const record = toPersonRecord(wire);
  const { insight } = wire;
  return {
    subject: strongestKey(record.keys),
    content: {
      provider: "LINKUP",
      generatedAt: null,
      reasons: insight
        ? [
            {
              provider: "LINKUP",
              type: "LINKEDIN_INSIGHT",
              title: null,
              shortDescription: null,
              description: insight,
              score: null,
            },
          ]
        : [],
      people: [],
    },
    records: [record],
  };
}

function toPersonRecord(wire: WirePerson): PersonRecord {
  const slug = wire.profile_url ? toLinkedinSlug("Person", wire.profile_url) : null;
  const urn = wire.entity_urn;
  const keys = [
    ...(slug ? [entityKey("Person", "linkedin", slug)] : []),
    ...(urn ? [entityKey("Person", "linkup", urn)] : []),
  ];
  const fields: PersonFields = {
    ...UNKNOWN_PERSON,
    fullName: wire.name,
    headline: wire.subtitle,
    linkedinUrl: slug ? linkedinUrl("Person", slug) : null,
  };
  return {
    kind: "Person",
    provider: "LINKUP",
    providerId: urn,
    keys: keys.length > 0 ? keys : [unnamedKey("Person", "LINKUP", [fields, wire.insight])],
    employer: null,
    fields,
  };
}
