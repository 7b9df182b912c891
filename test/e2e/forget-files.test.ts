import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NETWORK, peopleIn, PEOPLE, startForgettingApp, type ForgettingApp } from "../support/forgetting";

/** Somebody whose every text is found nowhere else. */
const ZOE = {
  id: "zq-contact-700001",
  first_name: "Zoelinde",
  last_name: "Quattlebaum-Öztürk",
  job_title: "Head of Zymurgy",
  department: "Zymurgy",
  seniority: "C-Level",
  is_decision_maker: true,
  personal_emails: ["zoelinde@quattlebaum.example"],
  linkedin_url: "https://tr.linkedin.com/in/Zoelinde-Quattlebaum/?x=1",
  country: "Turkey",
  mobile_phone: "+90 555 700 0001",
  company: { id: "zq-company-1", name: "Brewery" },
};
const TEXTS = [
  "Zoelinde",
  "zoelinde-quattlebaum",
  "Quattlebaum-Öztürk",
  "Zymurgy",
  "zoelinde@quattlebaum.example",
  "zq-contact-700001",
  "555 700 0001",
];

let tested: ForgettingApp;

beforeEach(async () => {
  tested = await startForgettingApp({ providers: ["LETRICS", "LINKUP"] });
  await tested.read(PEOPLE, { first: 100, filter: { isDecisionMaker: true } });
  tested.app.letrics.control.failNext({
    kind: "altered",
    alter: (answer) => {
      const body = answer.body as { readonly data: readonly object[] };
      return { ...answer, body: { ...body, data: [ZOE, ...body.data.slice(1)] } };
    },
  });
  await tested.read(PEOPLE, { first: 100 });
  await tested.read(NETWORK, { first: 50 });
  await tested.ask(
    `mutation { upsertICP(input: { examplePeople: [{ linkedinUrl: "${ZOE.linkedin_url}" }] }) { icp { id } } }`,
  );
});

afterEach(() => tested.stop());

/** The texts that are in one of the files of the database, or in a backup of it. */
async function found(): Promise<readonly string[]> {
  const backup = join(tested.folder, `backup-${readdirSync(tested.folder).length}.db`);
  expect(await tested.command("backup", backup)).toMatchObject({ status: 0 });
  const files = [tested.path, `${tested.path}-wal`, `${tested.path}-shm`, backup];
  const bytes = Buffer.concat(files.filter((file) => existsSync(file)).map((file) => readFileSync(file)));
  return TEXTS.filter((text) => bytes.includes(text));
}

function hashes(): readonly string[] {
  const files = readdirSync(tested.folder).filter((name) => !name.endsWith("-shm"));
  return files.map((name) => {
    const hash = createHash("sha256").update(readFileSync(join(tested.folder, name)));
    return `${name} ${hash.digest("hex")}`;
  });
}

const URL = "HTTP://www.linkedin.com/in/zoelinde-quattlebaum";

describe("the files of a database", () => {
  it("have nothing of a forgotten person, while the server goes on and after it has stopped", async () => {
    expect(await found()).toEqual(TEXTS.filter((text) => !text.includes("555"))); // no phone is recorded in the first place
    expect(await tested.command("forget", "--person", URL)).toEqual({
      status: 0,
      stdout:
        "deleted in the tenant default: 1 record, 1 row of lists, 1 profile\n" + "the log of the database is emptied\n",
      stderr: "",
    });
    expect(await found()).toEqual([]);
    await tested.untilFollowed({ id: Buffer.from("Person:linkedin:zoelinde-quattlebaum").toString("base64url") });
    const list = await tested.read(PEOPLE, { first: 100 });
    expect(peopleIn(list).map(({ fullName }) => fullName)).not.toContain("Zoelinde Quattlebaum-Öztürk");
    expect(await found()).toEqual([]);
    await tested.app.restart();
    await tested.read(NETWORK, { first: 100 });
    expect(await found()).toEqual([]);
  });

  it("do not change by one byte where it is only tried, or exported, beside a server and without one", async () => {
    const before = hashes();
    const tried = await tested.command("forget", "--dry-run", "--person", URL);
    expect(tried).toEqual({
      status: 0,
      stdout: "would be deleted in the tenant default: 1 record, 1 row of lists, 1 profile\n",
      stderr: "",
    });
    expect(await tested.command("export", "--person", URL)).toMatchObject({ status: 0, stderr: "" });
    expect(hashes()).toEqual(before);
    await tested.app.stop();
    const stopped = hashes();
    expect(await tested.command("forget", "--dry-run", "--person", URL)).toEqual(tried);
    expect(hashes()).toEqual(stopped);
  });
});
