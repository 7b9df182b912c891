import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { fromDist } from "./from-dist.mjs";

/** @type {typeof import("../src/sandbox/surfe/spelling.js")} */
const { recommendationRow } = fromDist("sandbox/surfe/surfe-rows");
/** @type {typeof import("../src/sandbox/catalogue/companies.js")} */
const { COMPANY_COUNT } = fromDist("sandbox/catalogue/companies");

/** Every company has so many people at least, so that 25×5 is 125 people and not about as many. */
export const LEAST_PEOPLE = 5;

const anyone = { countries: null, departments: null, jobTitles: null, seniorities: null };
const any = { from: 0, to: Number.MAX_SAFE_INTEGER };
const anywhere = { industries: null, primaryLocations: null, employeeCount: any, revenue: any };
const list = {
  profile: {
    id: "00000000-0000-4000-8000-000000000000",
    owner: "bench",
    filters: { companies: anywhere, people: anyone },
  },
  generatedAt: "2024-05-20T10:00:00Z",
};

/**
 * Surfe and Letrics for the one job of filling the record: the simulator's rows, without its rules, as many as are wanted. The
 * catalogue's companies come again, under names of their own, where it has too few.
 *
 * @param {number} rows
 */
export async function startProvider(rows) {
  const server = createServer(async (request, response) => {
    const { pagination, page, per_page: size } = /** @type {any} */ (await json(request));
    response.setHeader("content-type", "application/json");
    const answer = pagination ? window(pagination, rows) : page ? letricsPage(page, size, rows) : {};
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
}

/** @param {{ from: number, to: number }} pagination @param {number} rows */
function window({ from, to }, rows) {
  const length = Math.max(0, Math.min(to, rows) - from);
  return {
    companies: Array.from({ length }, (_, i) => rowAt(from + i)),
    pagination: { from, to, hasMore: to < rows },
  };
}

/** The same companies as Letrics would give them. @param {number} page @param {number} size @param {number} rows */
function letricsPage(page, size, rows) {
  const { companies } = window({ from: (page - 1) * size, to: page * size }, rows);
  return {
    data: companies.map(({ name, domain, industries, employeeCount }, i) => ({
      id: `bench-${(page - 1) * size + i}`,
      name,
      domain,
      industries,
      employee_count: employeeCount,
    })),
    meta: { page, per_page: size, total: rows },
  };
}

/** @param {number} place */
export function rowAt(place) {
  const index = place % COMPANY_COUNT;
  const row = /** @type {any} */ (recommendationRow(index, /** @type {any} */ (list)));
  const copy = Math.floor(place / COMPANY_COUNT);
  const people = [...row.people];
  for (let next = index; people.length < LEAST_PEOPLE;) {
    next = (next + 1) % COMPANY_COUNT;
    people.push(.../** @type {any} */ (recommendationRow(next, /** @type {any} */ (list))).people);
  }
  return {
    ...row,
    ...(copy === 0 ? {} : renamed(row, copy)),
    people: people
      .slice(0, Math.max(LEAST_PEOPLE, row.people.length))
      .map((person, i) => withOwnPage(person, place, i)),
  };
}

/** @param {any} row @param {number} copy */
function renamed({ name, domain, linkedInURL }, copy) {
  return {
    name: `${name} ${copy + 1}`,
    domain: domain.replace(".", `-${copy + 1}.`),
    linkedInURL: linkedInURL && `${linkedInURL}-${copy + 1}`,
  };
}

/** @param {any} person @param {number} place @param {number} i */
function withOwnPage(person, place, i) {
  return person.linkedinUrl ? { ...person, linkedinUrl: `${person.linkedinUrl}-${place}-${i}` } : person;
}
