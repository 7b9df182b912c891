import type { Brand } from "./entity-key";

/** The id of a tenant: lower-case letters, digits and hyphens, 1 to 63 of them, a hyphen not first. */
export type TenantId = Brand<string, "TenantId">;

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Whether a text can be the id of a tenant. */
export function isTenantId(text: string): text is TenantId {
  return ID.test(text);
}

/** @throws {RangeError} the text cannot be the id of a tenant. */
export function tenantId(text: string): TenantId {
  if (!isTenantId(text)) throw new RangeError(`not the id of a tenant: ${JSON.stringify(text.slice(0, 100))}`);
  return text;
}

/** The tenant of a server without a tenants file. */
export const DEFAULT_TENANT = tenantId("default");

/** The same while the simulators answer for it. */
export const SANDBOX_TENANT = tenantId("sandbox");

/** In place of a tenant, where data belongs to none: it is no valid id, so no tenant can have it. */
export const NO_TENANT = "" as TenantId;
