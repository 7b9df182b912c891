import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { sendBadRequest } from "./http-error";

/** The condition of a simulator: slow or not, and the status of all its answers (`null`: it works). */
interface Condition {
  readonly slow: boolean;
  readonly status: number | null;
}

/** Access to the simulators for the sandbox panel. */
export interface SandboxPanel {
  states(): readonly (Condition & { readonly provider: string; readonly hasDays: boolean })[];
  /** `false`: there is no such simulator. */
  set(provider: string, condition: Condition): boolean;
  /** `false`: there is no such simulator, or it has no days. */
  turnDay(provider: string): boolean;
}

const Change = z.union([
  z.strictObject({
    provider: z.string(),
    slow: z.boolean(),
    status: z.int().min(400).max(599).nullable(),
  }),
  z.strictObject({ provider: z.string(), nextDay: z.literal(true) }),
]);

/**
 * Registers `GET /sandbox`, which returns the conditions of the simulators, and `POST /sandbox`, which changes one and returns
 * the same. Only JSON is accepted: pages of other origins cannot send it without a preflight (CORS), which is not answered.
 */
export function registerSandboxPanel(app: FastifyInstance, panel: SandboxPanel): void {
  const answer = (): unknown => ({ simulators: panel.states() });
  app.get("/sandbox", (_, reply) => reply.header("cache-control", "no-store").send(answer()));
  app.post("/sandbox", (request, reply) => {
    if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
      return sendBadRequest(reply, 415, "It takes application/json.");
    }
    const { data: change } = Change.safeParse(request.body);
    if (!change) return sendBadRequest(reply, 400, acceptedChanges(panel));
    const isDone = "nextDay" in change ? panel.turnDay(change.provider) : panel.set(change.provider, change);
    if (!isDone) return sendBadRequest(reply, 404, "There is no such simulator, or it has no days.");
    return reply.header("cache-control", "no-store").send(answer());
  });
}

function acceptedChanges(panel: SandboxPanel): string {
  const states = panel.states();
  const change = { provider: states[0]?.provider, slow: false, status: 503 };
  const nextDay = { provider: states.find(({ hasDays }) => hasDays)?.provider, nextDay: true };
  return `It takes ${JSON.stringify(change)}, with the status null for a provider that works, or ${JSON.stringify(nextDay)}.`;
}
