import { loadConfiguration } from "../wiring/configuration";
import { openPeople } from "../wiring/open-people";
import { personReport } from "../wiring/person-report";
import type { Command } from "./command";
import { TENANT } from "./ledger.command";
import { PERSON, personIn, unknownPerson } from "./person-option";

export const exportCommand: Command = {
  name: "export",
  summary: "prints all that is recorded of a person, as JSON",
  about:
    "Prints all that is recorded of a person in a tenant, as JSON: every record of every provider, their identifiers, their places\n" +
    "in lists and as a contact of companies, and the profiles that name them. Changes nothing. The server may run.",
  options: { person: PERSON, tenant: TENANT },
  operands: [],
  run: async (given, { env, print }) => {
    const key = personIn("export", given);
    const { config } = loadConfiguration(".env", env);
    const { tenant, people, close } = await openPeople(config, given.option("tenant"));
    try {
      const traces = await people.find(tenant, key);
      if (!traces) throw unknownPerson(tenant, await people.isForgotten(tenant, key));
      print(JSON.stringify(personReport(tenant, traces), null, 2));
      return 0;
    } finally {
      await close();
    }
  },
};
