import { AccessError } from "./errors";
import type { TenantId } from "./tenant-id";

/** What credentials can allow. */
export const SCOPES = ["read", "spend", "write", "users"] as const;

/** `read`: recorded data; `spend`: provider calls; `write`: mutations; `users`: other users' profiles. */
export type Scope = (typeof SCOPES)[number];

export const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);

/** Who sends a request, and what it may do. */
export interface Access {
  readonly tenant: TenantId;
  /** The user: a token's subject; `null` for keys, whose user is the owner of the provider's key. */
  readonly user: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** The name of the API key; `null` where there is none. */
  readonly keyName: string | null;
}

/** The access of every request while `AUTH` is `none`. */
export function fullAccess(tenant: TenantId): Access {
  return { tenant, user: null, scopes: ALL_SCOPES, keyName: null };
}

/** @throws {AccessError} the scope is missing. */
export function requireScope({ scopes }: Access, scope: Scope): void {
  if (!scopes.has(scope)) throw new AccessError(missingScope(scope));
}

/**
 * The user whose profile a request means: a name that is left out means the user of the request.
 *
 * @throws {AccessError} it is another user's, and the scope `users` is missing.
 */
export function profileOwner(access: Access, externalUserId: string | null): string | null {
  const owner = externalUserId ?? access.user;
  if (owner !== access.user) requireScope(access, "users");
  return owner;
}

/** The message about a missing scope. */
export function missingScope(scope: Scope): string {
  return `This needs the scope "${scope}", which the credentials of this request do not have.`;
}
