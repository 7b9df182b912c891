import { createHmac } from "node:crypto";
import type { TenantId } from "../../domain/tenant-id";

/**
 * The id of a user's profile. It depends on tenant and user only: a profile that is saved again after it was deleted has the same
 * id, and the rows recorded for it.
 */
export type ProfileIdOf = (tenant: TenantId, externalUserId: string | null) => string;

/**
 * @param secret key of the HMAC, so that an id cannot be computed from the user's name.
 * @see RFC 9562, section 5.8: the content of a UUID of version 8 is free to choose.
 */
export function profileIdsBy(secret: Buffer): ProfileIdOf {
  return (tenant, externalUserId) => {
    const named = JSON.stringify([tenant, externalUserId]);
    const hex = createHmac("sha256", secret).update(named).digest("hex");
    const parts = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `8${hex.slice(12, 15)}`,
      `8${hex.slice(15, 18)}`,
      hex.slice(18, 30),
    ];
    return parts.join("-");
  };
}
