import { createHash } from "node:crypto";
import { companyAt } from "../catalogue/companies";
import { givenProfile } from "../catalogue/knowledge";
import { FIRST_NAMES } from "../catalogue/names";
import { companyOf, personAt } from "../catalogue/people";
import { Random } from "../catalogue/random";
import { linkedInVariant } from "../catalogue/variants";

/** Seed of the spellings in this provider's rows, so that they differ from those of other providers. */
const SALT = 13;

/** A person in the answer of `POST /v1/network/recommendations`. */
export function personRow(number: number): Readonly<Record<string, string>> {
  const person = personAt(number);
  const random = new Random(SALT, number);
  const member = createHash("sha256").update(`member ${number}`).digest("base64url").slice(0, 34);
  return {
    name: `${person.firstName} ${person.lastName}`,
    subtitle: subtitleOf(number, person.jobTitle, random),
    profile_url: linkedInVariant("in", givenProfile("linkup", number) ?? "", SALT, number),
    insight: insightOf(companyAt(companyOf(number)).name, random),
    entity_urn: `urn:li:fsd_discoveryEntityViewModel:(urn:li:fsd_profile:ACoAA${member},PYMK)`,
  };
}

/** A text that people write about themselves. */
function subtitleOf(number: number, jobTitle: string, random: Random): string {
  const { name, keywords, description } = companyAt(companyOf(number));
  const [keyword = "growth"] = keywords;
  return random.pick([
    `${jobTitle} @ ${name} 🚀 | ${keyword}`,
    `${jobTitle} | +6.5k followers | ${keyword} & more 💡`,
    `${jobTitle} 💻`,
    `Helping teams with ${keyword}. (effortlessly) | ex-@${random.pick(FIRST_NAMES)}`,
    `${description} 🌍`,
  ]);
}

/** A reason: mutual connections, or another one. */
function insightOf(company: string, random: Random): string {
  const name = random.pick(FIRST_NAMES);
  return random.pick([
    `${name} and ${random.between(2, 40)} other mutual connections`,
    `${name} and ${random.between(2, 40)} other mutual connections`,
    `${name} is a mutual connection`,
    `Works at ${company}`,
    "Based on your profile",
  ]);
}
