import { relayStylePagination } from "@apollo/client/utilities";

type ConnectionPolicy = ReturnType<typeof relayStylePagination>;

/** The arguments that tell one list from another; those of a page (`first`, `after`) are not among them. */
type KeyArgs = readonly string[] | false;

/**
 * How the pages of a connection become one list: Apollo's own policy, which also keeps `issues` and `totalCount` of the
 * page that came last. A connection of this graph is null where no provider could serve a row: the rows that came before stand.
 */
export function connectionPolicy(keyArgs: KeyArgs = false): ConnectionPolicy {
  const policy = relayStylePagination(keyArgs === false ? false : [...keyArgs]);
  const { merge } = policy;
  if (typeof merge !== "function") return policy;
  return {
    ...policy,
    merge: (existing, incoming, options) =>
      incoming === null ? (existing ?? null) : merge(existing, incoming, options),
  };
}
