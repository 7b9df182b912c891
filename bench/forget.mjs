import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fromDist } from "./from-dist.mjs";

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

const PEOPLE = 100_000;
const ROUNDS = 5;
const PEOPLE_A_LIST = 500;
const PEOPLE_A_COMPANY = 5;
const ADDED = new Date("2026-11-20T10:00:00Z");

/** @param {number} number */
function itemOf(number) {
  const employer = `Company:domain:c${Math.floor(number / PEOPLE_A_COMPANY)}.com`;
  const slug = `person-${number}-${(number * 7919).toString(36)}`;
  const fields = {
    fullName: `First${number} Last${number}`,
    firstName: `First${number}`,
    lastName: `Last${number}`,
    headline: null,
    jobTitle: "Head of Sales",
    jobDescription: null,
    summary: "Sells software to teams that sell software. ".repeat(4),
    departments: ["Sales"],
    seniorities: ["Head"],
    isDecisionMaker: true,
    emails: [`${slug}@mail${number}.example`],
    country: "FR",
    location: "Paris",
    linkedinUrl: `https://www.linkedin.com/in/${slug}`,
  };
  const keys = [`Person:linkedin:${slug}`, `Person:letrics:contact-${number}`];
  const record = { kind: "Person", provider: "LETRICS", providerId: `contact-${number}`, keys, employer, fields };
  return { subject: keys[0], content: null, records: [record] };
}

/** Fills a database: lists of people, and as many profiles and lists of lookalikes as a large tenant has. @param {string} path */
async function fill(path) {
  const { openDatabase } = fromDist("store/open-database");
  const { storesOf } = fromDist("wiring/stores");
  const database = await openDatabase(path);
  const { feedStore } = storesOf(database);
  for (let from = 0; from < PEOPLE; from += PEOPLE_A_LIST) {
    const head = {
      tenant: "default",
      id: `00000000-0000-4000-8000-${String(from).padStart(12, "0")}`,
      connection: `search:${from}`,
      provider: "LETRICS",
      query: `{"from":${from}}`,
      createdAt: ADDED,
      length: 0,
      total: null,
      state: null,
      endedAt: null,
      closed: false,
      folded: [],
      forgotten: [],
    };
    await feedStore.create(head);
    const items = Array.from({ length: PEOPLE_A_LIST }, (_, i) => itemOf(from + i));
    await feedStore.append(head, { items, state: null, ended: true, total: null }, null, ADDED);
    const known = Array.from({ length: 100 }, (_, i) => ({ by: "id", personId: String(from + i), companyId: "1" }));
    const seeds = [`Person:lusha:${from}`];
    await feedStore.create({
      ...head,
      id: head.id.replace(/^0/, "1"),
      connection: `similar:${from}`,
      provider: "LUSHA",
      query: JSON.stringify({ kind: "people", seeds, exclude: [] }),
      state: { asked: { kind: "people", seeds: [], exclude: [] }, session: "s", known },
    });
  }
  await database.destroy();
}

const directory = mkdtempSync(join(tmpdir(), "tributary-"));
const path = join(directory, "tributary.db");
try {
  await fill(path);
  console.log(`${PEOPLE} people in ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  const env = { ...process.env, DATABASE_URL: `file:${path}`, LETRICS_API_KEY: "", SANDBOX: "off" };
  for (let round = 0; round < ROUNDS; round += 1) {
    const { subject } = itemOf(round * 17_389 + 1);
    const person = Buffer.from(subject).toString("base64url");
    const begun = performance.now();
    const { stdout } = await run(process.execPath, [MAIN, "forget", "--person", person], { env, cwd: directory });
    const seconds = (performance.now() - begun) / 1_000;
    console.log(`${seconds.toFixed(2)} s: ${stdout.trim().replaceAll("\n", "; ")}`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
