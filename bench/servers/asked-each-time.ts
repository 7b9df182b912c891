import axios from "axios";
import type { HeldRecommendation } from "./held-in-memory";

interface WirePerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly linkedinUrl?: string;
}

interface WireCompany {
  readonly name: string;
  readonly domain: string;
  readonly industries: string[];
  readonly employeeCount: number;
  readonly people: readonly WirePerson[];
  readonly recommendation: { readonly id: string; readonly reasons: readonly { readonly score: number }[] };
}

/** A page as the provider gives it, asked for anew each time, and recorded nowhere. */
export async function askProvider(externalUserId: string | undefined, first: number) {
  const { data } = await axios.post<{ companies: WireCompany[]; pagination: { hasMore: boolean } }>(
    `${process.env["BENCH_PROVIDER"] ?? ""}/v2/recommendations/fetch`,
    { externalUserId, pagination: { from: 0, to: first } },
  );
  const edges = data.companies.map((company, i) => ({ node: toRecommendation(company), cursor: String(i) }));
  return { edges, pageInfo: { hasNextPage: data.pagination.hasMore, endCursor: edges.at(-1)?.cursor ?? null } };
}

function toRecommendation({ recommendation, people, ...company }: WireCompany): HeldRecommendation {
  return {
    id: recommendation.id,
    score: Math.max(...recommendation.reasons.map(({ score }) => score)),
    company: { id: company.domain, ...company },
    people: people.map(({ firstName, lastName, jobTitle, linkedinUrl }, i) => ({
      id: linkedinUrl ?? `${company.domain} ${String(i)}`,
      fullName: `${firstName} ${lastName}`,
      jobTitle,
      linkedinUrl: linkedinUrl ?? null,
    })),
  };
}
