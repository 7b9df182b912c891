import { readFileSync } from "node:fs";
import { z } from "zod";
import { ALL_SCOPES, SCOPES } from "../../domain/access";
import { isTenantId, tenantId } from "../../domain/tenant-id";
import type { ProvidersConfig, SettingsByProvider } from "../provider-values";
import type { TenantConfig } from "./tenant-config";
import { codeOf } from "../error-code";
import { addressProblems } from "../provider-addresses";
import type { Environment } from "../settings-reader";
import { providerValues } from "./tenant-providers";

/** The tenants of a file, or its problems: one line for each, with its place, without values. */
export type TenantsFile<Providers extends SettingsByProvider> =
  | { readonly tenants: readonly TenantConfig<Providers>[]; readonly problems: readonly [] }
  | { readonly tenants: null; readonly problems: readonly [string, ...string[]] };

const FORM = "takes the path of a JSON file: an object with the list `tenants`, see docs/callers.md";

const SHA256 = /^[0-9a-f]{64}$/;

/** Without control characters and unpaired surrogates: the name is stored with each call, and printed in reports. */
const KEY_NAME = /^[^\p{Cc}\p{Cs}]{1,100}$/u;

const Key = z.strictObject({
  name: z.string("takes a text").regex(KEY_NAME, "takes a text of 1 to 100 characters, without control characters"),
  sha256: z.string("takes 64 hex digits in lower case").regex(SHA256, "takes 64 hex digits in lower case"),
  scopes: z
    .array(z.enum(SCOPES, { error: `takes ${SCOPES.join(", ")}` }), { error: "takes a list of scopes" })
    .optional(),
});

const Tenant = z.strictObject({
  id: z
    .string("takes a text")
    .refine(isTenantId, "takes lower-case letters, digits and hyphens, 1 to 63 of them, a hyphen not first")
    .transform(tenantId),
  keys: z.array(Key, { error: "takes a list" }).optional(),
  sandbox: z.literal(true, { error: "takes true, or is left out" }).optional(),
  providers: z
    .record(z.string(), z.record(z.string(), z.unknown(), { error: "takes an object" }), { error: "takes an object" })
    .optional(),
  requestsPerMinute: z.int("takes a whole number, 1 or more").min(1, "takes a whole number, 1 or more").optional(),
});

/** What is wrong with the tenant, the name or the scopes of a new key, by the rules of the file. */
export function keyProblems(id: string, name: string, scopes: readonly string[]): readonly string[] {
  const read = [Tenant.pick({ id: true }).safeParse({ id }), Key.pick({ name: true }).safeParse({ name })];
  const problems = read.flatMap(({ error }) => error?.issues ?? []).map(problemOf);
  const { error } = Key.pick({ scopes: true }).safeParse({ scopes });
  return [...problems, ...(error ? [`scopes: ${error.issues[0]?.message ?? ""}`] : [])];
}

const File = z.strictObject({
  tenants: z.array(Tenant, { error: "takes a list" }).min(1, "takes at least one tenant"),
});

export interface TenantsFileOptions<Providers extends SettingsByProvider> {
  readonly providers: Providers;
  /** The values of the environment: those that the file leaves out, secrets aside. */
  readonly defaults: ProvidersConfig<Providers>;
  readonly env: Environment;
  readonly allowInsecureProviders: boolean;
}

/** Reads the tenants file. Secrets are texts, `env:NAME` or `file:PATH`. */
export function readTenantsFile<Providers extends SettingsByProvider>(
  path: string,
  options: TenantsFileOptions<Providers>,
): TenantsFile<Providers> {
  const text = textOf(path);
  if (typeof text !== "string") return refused([text.problem]);
  const read = File.safeParse(jsonOf(text));
  if (!read.success) return refused(read.error.issues.map(problemOf));
  const problems = duplicates(read.data.tenants);
  const tenants = read.data.tenants.map((tenant, i): TenantConfig<Providers> => {
    const at = `tenants[${String(i)}]`;
    const { id, keys = [], sandbox = false, providers: given, requestsPerMinute = null } = tenant;
    if (sandbox && given) problems.push(`${at}: takes sandbox or providers, not both`);
    const values = providerValues(given ?? {}, options, `${at}.providers`);
    problems.push(...values.problems);
    if (!sandbox) problems.push(...addressProblemsAt(at, options, values.providers));
    return {
      id,
      keys: keys.map(({ name, sha256, scopes }) => ({ name, sha256, scopes: scopes ? new Set(scopes) : ALL_SCOPES })),
      sandbox,
      providers: values.providers,
      requestsPerMinute,
    };
  });
  return problems.length > 0 ? refused(problems) : { tenants, problems: [] };
}

function addressProblemsAt<Providers extends SettingsByProvider>(
  at: string,
  { providers, allowInsecureProviders }: TenantsFileOptions<Providers>,
  values: ProvidersConfig<Providers>,
): readonly string[] {
  return addressProblems(providers, values, allowInsecureProviders, () => "apiKey").map(
    ({ provider, rule }) => `${at}.providers.${provider.toLowerCase()}.baseUrl: ${rule}`,
  );
}

function textOf(path: string): string | { readonly problem: string } {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    return { problem: `its file cannot be read (${codeOf(error) ?? "unknown error"})` };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf({ path, message, ...issue }: z.core.$ZodIssue): string {
  const at = path.reduce<string>(
    (all, part) =>
      typeof part === "number" ? `${all}[${String(part)}]` : all === "" ? String(part) : `${all}.${String(part)}`,
    "",
  );
  if (at === "") return issue.code === "unrecognized_keys" ? `has no field ${issue.keys.map(quoted).join(", ")}` : FORM;
  return issue.code === "unrecognized_keys"
    ? `${at}: has no field ${issue.keys.map(quoted).join(", ")}`
    : `${at}: ${message}`;
}

/** Names in a file can be any text: shown as JSON, and shortened. */
function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}

function duplicates(tenants: readonly z.infer<typeof Tenant>[]): string[] {
  const ids = tenants.map(({ id }) => id);
  const hashes = tenants.flatMap(({ keys = [] }) => keys.map(({ sha256 }) => sha256));
  return [
    ...(new Set(ids).size < ids.length ? ["tenants: takes each id once"] : []),
    ...(new Set(hashes).size < hashes.length ? ["tenants: takes each sha256 once"] : []),
  ];
}

function refused<Providers extends SettingsByProvider>(problems: readonly string[]): TenantsFile<Providers> {
  const [first = FORM, ...others] = problems;
  return { tenants: null, problems: [first, ...others] };
}
