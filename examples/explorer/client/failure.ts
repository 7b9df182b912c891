import { CombinedGraphQLErrors } from "@apollo/client/errors";
import type { GraphQLFormattedError } from "graphql";
import type { Provider } from "../generated/graphql";
import { PROVIDER_NAMES } from "../providers/provider-names";

/** Why one provider has nothing to give, as `issues` and `errors[].extensions` both tell it. */
export interface Issue {
  readonly provider: Provider | null;
  readonly code: string;
  readonly message: string;
  /** ISO 8601; `null` where nobody said when to ask again. */
  readonly retryAfter: string | null;
}

/** The error of a request as the issues behind it; never empty. */
export function issuesOf(error: unknown): readonly [Issue, ...Issue[]] {
  const [first, ...others] = CombinedGraphQLErrors.is(error) ? error.errors.flatMap(issuesIn) : [];
  return first ? [first, ...others] : [NO_ANSWER];
}

const NO_ANSWER: Issue = {
  provider: null,
  code: "UNREACHABLE",
  message: "The graph did not answer.",
  retryAfter: null,
};

/** One of `errors[]`. Where several providers failed, it tells of each. */
function issuesIn({ message, extensions = {} }: GraphQLFormattedError): readonly Issue[] {
  const { issues } = extensions;
  const told: readonly unknown[] = Array.isArray(issues) ? issues : [];
  return told.length > 0 ? told.map((issue) => toIssue(issue, message)) : [toIssue(extensions, message)];
}

const PROVIDERS = Object.keys(PROVIDER_NAMES) as readonly Provider[];

function toIssue(value: unknown, message: string): Issue {
  const text = (name: string): string | null => {
    const held: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
    return typeof held === "string" ? held : null;
  };
  return {
    provider: PROVIDERS.find((provider) => provider === text("provider")) ?? null,
    code: text("code") ?? "INTERNAL_SERVER_ERROR",
    message: text("message") ?? message,
    retryAfter: text("retryAfter"),
  };
}
