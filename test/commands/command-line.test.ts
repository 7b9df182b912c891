import { describe, expect, it } from "@jest/globals";
import { COMMANDS } from "../../src/commands/command-table";
import { runCommand } from "../support/command";

describe("tributary --help", () => {
  it("lists the commands", async () => {
    const help = `Usage: tributary [command] [options]

  start                                                                             starts the server (the default)
  check                                                                             says what keeps the server from starting, and what is configured
  key --tenant ID --name NAME [--scopes LIST]                                       makes an API key, and its line for the tenants file
  backup FILE                                                                       copies the embedded database while the server runs
  ledger [--since TIME] [--until TIME] [--by LIST] [--format FORMAT] [--tenant ID]  says what was spent
  ledger unsettled [--since TIME] [--format FORMAT] [--tenant ID]                   lists the calls whose outcome is unknown
  ledger settle --credits N [--tenant ID] CALL                                      settles by hand a call whose outcome is unknown
  forget --person URL-or-id [--dry-run] [--tenant ID]                               deletes all that is recorded of a person
  export --person URL-or-id [--tenant ID]                                           prints all that is recorded of a person, as JSON

Without a command it is start. tributary COMMAND --help tells more.
Settings are environment variables, or lines of .env in the working directory: .env.example lists them all.
`;
    expect(await runCommand(["--help"])).toEqual({ status: 0, stdout: help, stderr: "" });
    expect(await runCommand(["-h"])).toEqual({ status: 0, stdout: help, stderr: "" });
  });
});

describe("tributary COMMAND --help", () => {
  it("says what the command takes, and does nothing else", async () => {
    expect(await runCommand(["key", "--tenant", "acme", "--help"])).toEqual({
      status: 0,
      stdout: `Usage: tributary key --tenant ID --name NAME [--scopes LIST]

Makes an API key and prints it once. It is stored nowhere: the tenants file gets its hash, in the line that is printed
with it. Changes nothing; the server reads the tenants file again within 5 s after you changed it.

  --tenant ID    the tenant that the key is for
  --name NAME    the name of the key in logs and reports
  --scopes LIST  some of read,spend,write,users, with commas between them; all unless given
  --help         prints this
`,
      stderr: "",
    });
  });

  it.each(COMMANDS.map(({ name }) => name))("is there for %s, without the server being started", async (name) => {
    const { status, stdout, stderr } = await runCommand([...name.split(" "), "--help"]);
    expect({ status, stderr, isOfIt: stdout.startsWith(`Usage: tributary ${name}`) }).toEqual({
      status: 0,
      stderr: "",
      isOfIt: true,
    });
  });
});

describe("a wrong command line", () => {
  it.each([
    [
      ["strat"],
      'tributary has no command "strat". Commands: start, check, key, backup, ledger, ledger unsettled, ledger settle, forget, export. See tributary --help',
    ],
    [
      ["toString"],
      'tributary has no command "toString". Commands: start, check, key, backup, ledger, ledger unsettled, ledger settle, forget, export. See tributary --help',
    ],
    [["--port=5000"], "tributary start has no option --port. See tributary start --help"],
    [["start", "now"], "tributary start takes nothing but options. See tributary start --help"],
    [["check", "-v"], "tributary check has no option -v. See tributary check --help"],
    [["check", "--constructor"], "tributary check has no option --constructor. See tributary check --help"],
    [["key"], "tributary key needs --tenant and --name. See tributary key --help"],
    [["key", "--tenant=acme"], "tributary key needs --name. See tributary key --help"],
    [["key", "--tenant", "--name", "web"], "tributary key takes --tenant with a value. See tributary key --help"],
    [["key", "--tenant", "a", "--name"], "tributary key takes --name with a value. See tributary key --help"],
    [["key", "--tenant", "a", "--tenant", "b"], "tributary key takes --tenant once. See tributary key --help"],
    [["key", "--tokens", "s3cret"], "tributary key has no option --tokens. See tributary key --help"],
    [["backup"], "tributary backup takes one FILE. See tributary backup --help"],
    [["backup", "a", "b"], "tributary backup takes one FILE. See tributary backup --help"],
  ])("is told in one line: %j", async (args, message) => {
    expect(await runCommand(args)).toEqual({ status: 1, stdout: "", stderr: `${message}\n` });
  });
});
