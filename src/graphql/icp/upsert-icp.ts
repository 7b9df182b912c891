import type { Upserted } from "../../feeds/profiles/profiles";
import { toIcpNode } from "./icp-node";
import type { UpsertIcpPayloadType } from "./upsert-icp.type";

/** What the mutation answers. */
export function toUpsertPayload(
  { clientMutationId = null }: { readonly clientMutationId?: string | null },
  upserted: Upserted,
): UpsertIcpPayloadType {
  switch (upserted.kind) {
    case "saved":
      return { clientMutationId, icp: toIcpNode(upserted.profile), userErrors: [] };
    case "refused":
      return {
        clientMutationId,
        icp: null,
        userErrors: upserted.issues.map(({ field, code, message }) => ({
          field: field.length === 0 ? null : field,
          code,
          message,
        })),
      };
    default:
      return upserted satisfies never;
  }
}
