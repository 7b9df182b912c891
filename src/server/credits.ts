import type { RequestContext } from "../graphql/context";

/** `extensions.credits` of an answer: the provider calls of the operation, and their credits. */
export interface CreditsReport {
  readonly spent: number;
  readonly providers: readonly (ReturnType<RequestContext["spending"]["uses"]>[number] & {
    /** What the month's budget has left; `null`: there is none. */
    readonly left: number | null;
  })[];
}

/** Whether the answer has a report: the operation made a provider call, or asks for it. */
export function hasCreditsReport({ spending, facts }: Pick<RequestContext, "facts" | "spending">): boolean {
  return spending.hasCalled || facts.reportsCredits;
}

export async function creditsReport({ tenant, spending, services }: RequestContext): Promise<CreditsReport> {
  const uses = spending.uses();
  const providers = await Promise.all(
    uses.map(async (use) => ({ ...use, left: await services.creditsLeft(tenant, use.provider) })),
  );
  return { spent: uses.reduce((sum, { spent }) => sum + spent, 0), providers };
}
