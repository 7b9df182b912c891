import type { ProfileInput } from "../../feeds/profiles/profile-input";
import type { Upserted } from "../../feeds/profiles/profiles";
import type { ProviderError } from "../../domain/errors";
import { toIssue, type ProviderIssue } from "../../feeds/nodes";
import { toCompanyReference } from "../company/company-reference.input";
import { toPersonReference } from "../person/person-reference.input";
import { toIcpNode } from "./icp-node";
import type { UpsertIcpInput, UpsertIcpPayloadType } from "./upsert-icp.type";

/** Converts the input to a profile whose references are independent of the provider. */
export function toProfileInput({
  exampleCompanies,
  examplePeople,
  excludeCompanies,
  excludePeople,
  ...input
}: UpsertIcpInput): ProfileInput {
  return {
    ...input,
    exampleCompanies: exampleCompanies?.map(toCompanyReference) ?? null,
    examplePeople: examplePeople?.map(toPersonReference) ?? null,
    excludeCompanies: excludeCompanies?.map(toCompanyReference) ?? null,
    excludePeople: excludePeople?.map(toPersonReference) ?? null,
  };
}

/** The payload of the mutation. */
export function toUpsertPayload(
  { clientMutationId = null }: { readonly clientMutationId?: string | null },
  upserted: Upserted,
): UpsertIcpPayloadType {
  switch (upserted.kind) {
    case "saved":
      return {
        clientMutationId,
        icp: toIcpNode(upserted.profile),
        userErrors: [],
        issues: upserted.unsent ? [unsentIssue(upserted.unsent)] : [],
      };
    case "refused":
      return {
        clientMutationId,
        icp: null,
        userErrors: upserted.issues.map(({ field, code, message }) => ({
          field: field.length === 0 ? null : field,
          code,
          message,
        })),
        issues: [],
      };
    default:
      return upserted satisfies never;
  }
}

function unsentIssue(failure: ProviderError): ProviderIssue {
  const issue = toIssue(failure);
  return { ...issue, message: `${issue.message} The profile is saved here, and is sent before the next fetch.` };
}
