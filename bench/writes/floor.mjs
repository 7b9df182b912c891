import { createRequire } from "node:module";
import { cpuMsOf } from "../process-stats.mjs";

/*
 * The least that a page nobody asked for before can cost, whatever the server: one call of the provider by axios, one
 * JSON.parse of its answer, and bare prepared inserts of its rows in one transaction that is on the disk when it ends. A process
 * of its own; arguments: the provider's address, the database's file, how many pages. Prints processor time and time a page.
 */

const require = createRequire(import.meta.url);
/** @type {typeof import("axios").default} */
const axios = require("axios");
/** @type {any} */
const Sqlite = require("libsql");

const [url = "", file = "", count = "0"] = process.argv.slice(2);
const PAGE = 25;
const WARM_PAGES = 50;

const database = new Sqlite(file);
database.exec("pragma journal_mode = wal");
database.exec("pragma synchronous = full");
database.exec(`create table record (entity integer, provider text, keys text, fields text, primary key (entity, provider));
  create table entity_key (key text primary key, entity integer) without rowid;
  create table item (feed text, position integer, entity integer, content text, primary key (feed, position))`);
const begin = database.prepare("begin immediate");
const commit = database.prepare("commit");
const addRecord = database.prepare("insert into record values (?, 'SURFE', ?, ?)");
const addName = database.prepare("insert or ignore into entity_key values (?, ?)");
const addItem = database.prepare("insert into item values (?, ?, ?, ?)");
let entities = 0;

/** @param {string} user */
async function page(user) {
  const { data } = await axios.post(
    `${url}/v2/recommendations/fetch`,
    { externalUserId: user, pagination: { from: 0, to: PAGE } },
    { responseType: "text", transformResponse: [(/** @type {string} */ text) => text] },
  );
  const { companies } = JSON.parse(data);
  begin.run();
  companies.forEach((/** @type {any} */ { people, recommendation, ...company }, /** @type {number} */ position) => {
    const entity = add(company.domain, company);
    for (const person of people) add(person.linkedinUrl ?? `${person.firstName} ${person.lastName} ${entity}`, person);
    addItem.run([user, position, entity, JSON.stringify(recommendation)]);
  });
  commit.run();
}

/** @param {string} key @param {object} fields */
function add(key, fields) {
  entities += 1;
  addRecord.run([entities, key, JSON.stringify(fields)]);
  addName.run([key, entities]);
  return entities;
}

for (let i = 0; i < WARM_PAGES; i += 1) await page(`new-floor-warm-${i}`);
const before = { at: performance.now(), cpuMs: cpuMsOf(process.pid) ?? NaN };
for (let i = 0; i < Number(count); i += 1) await page(`new-floor-${i}`);
const cpuMs = ((cpuMsOf(process.pid) ?? NaN) - before.cpuMs) / Number(count);
process.stdout.write(`${JSON.stringify({ cpuMs, ms: (performance.now() - before.at) / Number(count) })}\n`);
