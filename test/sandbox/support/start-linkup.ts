import { z } from "zod";
import { startLinkUpSimulator } from "../../../src/sandbox/linkup/linkup-simulator";
import type { LinkUpOptions } from "../../../src/sandbox/linkup/linkup-options";
import { send } from "./send";
import { EXAMPLE_TIME } from "./start-surfe";

const People = z.object({
  data: z.object({
    total_results: z.number(),
    recommendations: z.array(
      z.object({
        name: z.string(),
        subtitle: z.string(),
        profile_url: z.string(),
        insight: z.string(),
        entity_urn: z.string(),
      }),
    ),
    pagination: z.object({ current_page: z.number(), total_pages: z.number(), pages_fetched: z.number() }).optional(),
  }),
});

/** A LinkUp that has 24 people to recommend, of the catalogue's first 40 companies, and has its clock stand still. */
export async function startLinkUp(options: LinkUpOptions = {}) {
  const simulator = await startLinkUpSimulator({ companies: 40, people: 24, now: () => EXAMPLE_TIME, ...options });
  const recommend = (body: unknown, apiKey = "sandbox") =>
    send(`${simulator.url}/v1/network/recommendations`, { headers: { "x-api-key": apiKey }, body });
  const data = async (body: object = {}) =>
    People.parse((await recommend({ login_token: "sandbox", ...body })).body).data;

  /** Names of the first so many. */
  const names = async (total?: number, loginToken = "sandbox") =>
    (await data({ total_results: total, login_token: loginToken })).recommendations.map(({ name }) => name);

  return { ...simulator, recommend, data, names };
}

export type TestLinkUp = Awaited<ReturnType<typeof startLinkUp>>;
