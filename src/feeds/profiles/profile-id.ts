import { createHmac } from "node:crypto";

/**
 * The id of the one profile that a user has, had or will have: saved anew after it was deleted, it is the same one, and
 * what was recorded for it is still its own.
 */
export type ProfileIdOf = (tenant: string, externalUserId: string | null) => string;

/**
 * @param secret keys the ids, so that nobody can tell one from its user's name.
 * @see RFC 9562, section 5.8: a UUID of version 8 is made in a way of one's own.
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
