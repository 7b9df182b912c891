import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { issuesOf } from "../client/failure";
import { graphql } from "../generated";
import type { UpsertIcpInput } from "../generated/graphql";
import type { UserError } from "./field-errors";
import { ProfilesQuery } from "./profiles.query";
import { chooseUser } from "./use-chosen-user";

const SaveProfileMutation = graphql(`
  mutation SaveProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
        externalUserId
        updatedAt
        ...ProfileSummary
        ...FormProfile
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export interface SaveProfile {
  readonly isSaving: boolean;
  /** What was refused when it was last tried; empty where nothing was. */
  readonly errors: readonly UserError[];
  /** Resolves to whether it was saved; the page has turned to the profile then. */
  readonly save: (input: UpsertIcpInput) => Promise<boolean>;
}

/** Creates a profile, or replaces the one that its user has. */
export function useSaveProfile(): SaveProfile {
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [mutate, { loading }] = useMutation(SaveProfileMutation, {
    refetchQueries: [ProfilesQuery],
    awaitRefetchQueries: true,
    // a replaced profile has another list
    update: (cache, { data }) => {
      if (data?.upsertICP?.icp) cache.evict({ id: "ROOT_QUERY", fieldName: "recommendations" });
    },
  });
  const save = async (input: UpsertIcpInput): Promise<boolean> => {
    const refused = await mutate({ variables: { input } }).then(
      ({ data }) => data?.upsertICP?.userErrors ?? [],
      (error: unknown) => issuesOf(error).map(({ code, message }) => ({ field: null, code, message })),
    );
    setErrors(refused);
    if (refused.length === 0) chooseUser(input.externalUserId ?? null);
    return refused.length === 0;
  };
  return { isSaving: loading, errors, save };
}
