import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { issuesOf, type Issue } from "../client/failure";
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
      issues {
        provider
        code
        message
        retryAfter
      }
    }
  }
`);

/** How saving went when it was last tried. */
export interface Saving {
  /** Values that were refused. */
  readonly errors: readonly UserError[];
  /** Why it failed as a whole. */
  readonly failures: readonly Issue[];
  /** Why a provider does not have the profile yet, which is saved. */
  readonly unsent: readonly Issue[];
}

const NOTHING_AMISS: Saving = { errors: [], failures: [], unsent: [] };

export interface SaveProfile extends Saving {
  readonly isSaving: boolean;
  /** Resolves to whether nothing was amiss; where it was saved, the page has turned to the profile. */
  readonly save: (input: UpsertIcpInput) => Promise<boolean>;
}

/** Creates a profile, or replaces the one that its user has. */
export function useSaveProfile(): SaveProfile {
  const [saving, setSaving] = useState(NOTHING_AMISS);
  const [mutate, { loading }] = useMutation(SaveProfileMutation, {
    refetchQueries: [ProfilesQuery],
    awaitRefetchQueries: true,
    // a replaced profile has another list
    update: (cache, { data }) => {
      if (data?.upsertICP?.icp) cache.evict({ id: "ROOT_QUERY", fieldName: "recommendations" });
    },
  });
  const save = async (input: UpsertIcpInput): Promise<boolean> => {
    const { errors, failures, unsent } = await mutate({ variables: { input } }).then(
      ({ data }) => ({
        ...NOTHING_AMISS,
        errors: data?.upsertICP?.userErrors ?? [],
        unsent: data?.upsertICP?.issues ?? [],
      }),
      (error: unknown) => ({ ...NOTHING_AMISS, failures: issuesOf(error) }),
    );
    setSaving({ errors, failures, unsent });
    const isSaved = errors.length === 0 && failures.length === 0;
    if (isSaved) chooseUser(input.externalUserId ?? null);
    return isSaved && unsent.length === 0;
  };
  return { ...saving, isSaving: loading, save };
}
