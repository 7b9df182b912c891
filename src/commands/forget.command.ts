import type { EntityKey } from "../domain/entity-key";
import { loadConfiguration, type Configuration } from "../wiring/configuration";
import { openForgettablePeople, openPeople } from "../wiring/open-people";
import { tracesText } from "../wiring/person-report";
import type { Command, CommandContext } from "./command";
import { TENANT } from "./ledger.command";
import { PERSON, personIn, unknownPerson } from "./person-option";

export const forgetCommand: Command = {
  name: "forget",
  summary: "deletes all that is recorded of a person",
  about:
    "Deletes all that is recorded of a person in a tenant, at once or not at all. Their rows vanish from all lists; the other rows\n" +
    "and all cursors stay. They are not recorded again when a provider gives them again: a keyed hash of their identifiers stays.\n" +
    "Servers may run: they follow within 5 s, on PostgreSQL before this command ends. docs/privacy.md says what is deleted. Earlier backups still contain the person.",
  options: {
    person: PERSON,
    "dry-run": { value: null, help: "says what would be deleted, and changes nothing" },
    tenant: TENANT,
  },
  operands: [],
  run: async (given, { env, ...context }) => {
    const key = personIn("forget", given);
    const { config } = loadConfiguration(".env", env);
    const work = given.option("dry-run") === null ? forget : tryToForget;
    await work(config, given.option("tenant"), key, context);
    return 0;
  },
};

type Printing = Pick<CommandContext, "print">;

async function tryToForget(
  config: Configuration,
  wanted: string | null,
  key: EntityKey,
  { print }: Printing,
): Promise<void> {
  const { tenant, people, close } = await openPeople(config, wanted);
  try {
    const traces = await people.find(tenant, key);
    if (!traces) throw unknownPerson(tenant, await people.isForgotten(tenant, key));
    print(`would be deleted in the tenant ${tenant}: ${tracesText(traces)}`);
  } finally {
    await close();
  }
}

async function forget(
  config: Configuration,
  wanted: string | null,
  key: EntityKey,
  { print }: Printing,
): Promise<void> {
  const { tenant, people, followed, wipe, close } = await openForgettablePeople(config, wanted);
  try {
    const traces = await people.forget(tenant, key, new Date());
    if (traces) print(`deleted in the tenant ${tenant}: ${tracesText(traces)}`);
    const isForgotten = traces !== null || (await people.isForgotten(tenant, key));
    // Of somebody who was forgotten before, too: that command may have been broken off here.
    if (isForgotten) await followed();
    const wiped = isForgotten ? await wipe(traces) : "";
    if (!traces) throw unknownPerson(tenant, isForgotten);
    print(wiped);
  } finally {
    await close();
  }
}
