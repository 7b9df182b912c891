import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";

/** @typedef {Record<string, unknown> & { id: string }} Tenant */

/** A key of a tenant, for the tenants file. @param {string} key */
export const keyOf = (key) => ({ name: "bench", sha256: createHash("sha256").update(key).digest("hex") });

/** @param {string} file @param {Tenant[]} tenants */
export function writeTenants(file, tenants) {
  writeFileSync(file, JSON.stringify({ tenants }));
}
