import type { EntityKey } from "../domain/entity-key";
import type { TenantId } from "../domain/tenant-id";
import { personNamed } from "../wiring/person-named";
import type { CommandOption, Given } from "./command";
import { UsageError } from "./usage-error";

export const PERSON: CommandOption = {
  value: "URL-or-id",
  isRequired: true,
  help: "the person's LinkedIn address, however it is written, or an id of a Person in the graph",
};

/** The key of the person that was given. @throws {UsageError} the text names no person. It is not repeated: it may be of one. */
export function personIn(command: string, given: Given): EntityKey {
  const key = personNamed(given.option("person") ?? "");
  if (key !== null) return key;
  throw new UsageError(
    `tributary ${command}: --person takes the LinkedIn address of a person, such as https://www.linkedin.com/in/jane-doe, or the id of a Person in the graph`,
  );
}

/** The error for a person of whom nothing is recorded. */
export function unknownPerson(tenant: TenantId, isForgotten: boolean): UsageError {
  return new UsageError(
    `nothing is recorded of this person in the tenant ${tenant}${isForgotten ? ": they were forgotten before" : ""}`,
  );
}
