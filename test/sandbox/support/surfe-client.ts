import { z } from "zod";

const Rows = z.object({
  companies: z.array(z.looseObject({ domain: z.string(), people: z.array(z.record(z.string(), z.unknown())) })),
  pagination: z.object({ from: z.number(), to: z.number(), hasMore: z.boolean() }),
});

/** Calls Surfe as its documentation tells to. */
export function surfeClient(url: string, apiKey = "sandbox") {
  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  const saveIcp = (icp: unknown) => call("POST", "/v2/recommendations/icp", icp);
  const fetchRows = (body: unknown) => call("POST", "/v2/recommendations/fetch", body);

  /** A window's companies, as Surfe gave them. */
  async function rows(from: number, to: number, externalUserId?: string) {
    const reply = await fetchRows({ pagination: { from, to }, ...(externalUserId && { externalUserId }) });
    return Rows.parse(reply.body);
  }

  /** A window's companies, by domain. */
  async function domains(from: number, to: number, externalUserId?: string) {
    return (await rows(from, to, externalUserId)).companies.map(({ domain }) => domain);
  }

  return { call, saveIcp, fetchRows, rows, domains };
}
