interface Cost {
  readonly calls: number;
  readonly credits: number;
}

interface ProviderCost extends Cost {
  readonly provider: string;
  /** What the month's budget has left; `null`: there is none. */
  readonly left: number | null;
}

/** The answer of `/graphql/estimate`. */
interface Estimate extends Cost {
  readonly providers: readonly ProviderCost[];
}

/** An estimate in words. */
export interface EstimateWords {
  readonly summary: string;
  /** One sentence for each provider. */
  readonly providers: readonly string[];
}

/** The words for what the response editor holds; `null` where that is no estimate. */
export function estimateWords(response: string | null): EstimateWords | null {
  const answer = parsed(response ?? "");
  return isEstimate(answer) ? { summary: summaryOf(answer), providers: answer.providers.map(partOf) } : null;
}

function summaryOf({ calls, credits, providers }: Estimate): string {
  if (calls > 0) return `Runs with at most ${counted(calls, "provider call")} and costs at most ${creditsOf(credits)}.`;
  return providers.length === 0
    ? "Runs without a provider call, and is free."
    : "Runs without a provider call, since the budget does not suffice for one, and is free.";
}

function partOf({ provider, calls, credits, left }: ProviderCost): string {
  const rest = left === null ? "no budget is set" : `the month's budget has ${creditsOf(left)} left`;
  return `${provider}: at most ${counted(calls, "call")} and ${creditsOf(credits)}; ${rest}.`;
}

function creditsOf(credits: number): string {
  return counted(credits, "credit");
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** An answer to an operation has other names. */
function isEstimate(answer: unknown): answer is Estimate {
  return typeof answer === "object" && answer !== null && "calls" in answer && "providers" in answer;
}
