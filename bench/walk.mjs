import { askText, pageBody } from "./query.mjs";
import { LEAST_PEOPLE } from "./provider.mjs";

/**
 * Reads the first pages of a server, as a client would: each by the cursor that the one before ended with.
 *
 * @param {string} url
 * @param {{ first: number, pages: number }} walk
 * @returns {Promise<{ bodies: string[], cursors: string[], bytes: number }>} The requests for those pages, the cursors of
 *   their rows, and how long all answers are together.
 * @throws where a page has not all its rows, or a row not all its people: then there is nothing to compare.
 */
export async function walkPages(url, { first, pages }) {
  const bodies = [];
  const cursors = [];
  let bytes = 0;
  for (let after = null; bodies.length < pages;) {
    const body = pageBody({ first, people: LEAST_PEOPLE, after });
    const text = await askText(url, body);
    const { edges, pageInfo } = JSON.parse(text).data.recommendations;
    const people = edges.flatMap((/** @type {any} */ { node }) => (node.company ? node.people.nodes : []));
    if (edges.length !== first || people.length !== first * LEAST_PEOPLE) {
      throw new Error(`${url} answered with ${edges.length} companies and ${people.length} people`);
    }
    bodies.push(body);
    cursors.push(...edges.map((/** @type {any} */ { cursor }) => cursor));
    bytes += Buffer.byteLength(text);
    after = pageInfo.endCursor;
  }
  return { bodies, cursors, bytes };
}
