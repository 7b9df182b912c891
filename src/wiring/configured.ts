import { resolve } from "node:path";
import type { DatabaseConfig } from "../config/database-url";
import { PROVIDERS, PROVIDER_NAMES } from "../domain/provider";
import type { DatabaseVersion } from "../store/migrations/versions";
import { addressOf } from "../store/sql/postgres-refusal";
import type { Tenant } from "./open-tenants";

/** More tenants are only counted. */
const MOST_TENANTS = 20;

/** Which database is configured, in words, without user name and password. */
export function databaseText(config: DatabaseConfig): string {
  if (config.kind === "postgres") {
    const { server, database } = addressOf(config.url.reveal());
    return `PostgreSQL at ${server}, database ${database}`;
  }
  return config.path === ":memory:"
    ? "SQLite in memory, which ends with the process"
    : `SQLite, ${resolve(config.path)}`;
}

/** What a start does about the version of the database. */
export function versionText({ found, own }: DatabaseVersion): string {
  if (found === null) return `new, version ${own}`;
  return found === own ? `version ${own}` : `version ${found}, migrated to ${own}`;
}

/** The tenants with their providers, in words: `2 tenants: acme (Surfe, Lusha), globex (sandbox)`. */
export function tenantsText(tenants: readonly Tenant[]): string {
  const shown = tenants.slice(0, MOST_TENANTS).map((tenant) => `${tenant.id} (${providersText(tenant)})`);
  const others = tenants.length - shown.length;
  const count = tenants.length === 1 ? "1 tenant" : `${String(tenants.length)} tenants`;
  return `${count}: ${[...shown, ...(others > 0 ? [`and ${String(others)} more`] : [])].join(", ")}`;
}

/** The providers that answer for a tenant, in words. */
export function providersText({ sandbox, providers }: Pick<Tenant, "sandbox" | "providers">): string {
  if (sandbox) return "sandbox";
  const names = PROVIDERS.filter((provider) => providers[provider].apiKey !== null);
  return names.map((provider) => PROVIDER_NAMES[provider]).join(", ") || "no provider";
}
