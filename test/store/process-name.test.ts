import { describe, expect, it } from "@jest/globals";
import { titleOf } from "../../src/store/sql/postgres-pool";
import { newProcessName } from "../../src/store/sql/process-name";

describe("newProcessName", () => {
  it("begins with the title and ends with the process, in the 63 characters that PostgreSQL keeps", () => {
    const { applicationName, channel, process } = newProcessName(
      "public",
      "a very long title for the graph of prospects",
    );
    const key = channel.replace("tributary_", "");
    expect(applicationName).toBe(`a_very_long_title_for_the ${key} ${process}`);
    expect(applicationName).toHaveLength(63);
  });

  it("replaces characters that PostgreSQL would write in another way", () => {
    expect(newProcessName("public", "Akquise-Büro").applicationName).toMatch(
      /^Akquise-B_ro [0-9a-f]{16} [0-9a-f]{20}$/,
    );
  });

  it("is another one for each process, on the channel of its schema", () => {
    const [one, other, elsewhere] = ["public", "public", "another"].map((schema) =>
      newProcessName(schema, "tributary"),
    );
    expect(one?.channel).toBe(other?.channel);
    expect(one?.process).not.toBe(other?.process);
    expect(elsewhere?.channel).not.toBe(one?.channel);
  });
});

describe("titleOf", () => {
  it("is the name that the URL gives to connections, else tributary", () => {
    expect(titleOf("postgres://localhost/graph?application_name=prospects")).toBe("prospects");
    expect(titleOf("postgres://localhost/graph")).toBe("tributary");
  });
});
