import { z } from "zod";
import { SCOPES, type Scope } from "../../domain/access";
import { optional, readBy, trueOrFalse } from "../../settings/kinds";
import { secretSetting, setting } from "../../settings/setting";

/** How requests are authenticated. */
export type AuthKind = "api-key" | "jwt";

const SCHEMES: Readonly<Record<string, readonly AuthKind[]>> = {
  none: [],
  "api-key": ["api-key"],
  jwt: ["jwt"],
  "api-key,jwt": ["api-key", "jwt"],
};

const authKinds: z.ZodType<readonly AuthKind[]> = readBy(
  "takes none, api-key, jwt, or api-key,jwt",
  (text) => SCHEMES[text.replace(/\s/g, "")],
);

const httpsUrl: z.ZodType<string> = readBy(
  "takes an absolute https:// URL (http:// on loopback) without user name and password",
  (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname, username, password } = new URL(text);
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    const isEncrypted = protocol === "https:" || (protocol === "http:" && isLocal);
    return isEncrypted && username === "" && password === "" ? text : undefined;
  },
);

const word: z.ZodType<string> = z.string().regex(/^[\x21-\x7e]+$/, "takes printable ASCII characters without spaces");
const filePath: z.ZodType<string> = z.string().min(1);

const scopes: z.ZodType<ReadonlySet<Scope>> = readBy(
  `takes some of ${SCOPES.join(", ")}, with commas between them`,
  (text) => {
    const names = text.split(",").map((name) => name.trim());
    const known = SCOPES.filter((scope) => names.includes(scope));
    return known.length === new Set(names).size ? new Set(known) : undefined;
  },
);

/** Origins of pages; `"*"`: any. */
export type Origins = "*" | readonly string[];

const origins: z.ZodType<Origins> = readBy(
  "takes * or origins such as https://app.example.com, without a path, with commas between them",
  (text) => {
    if (text === "*") return text;
    const all = text.split(",").map((part) => originOf(part.trim()));
    return all.every((origin) => origin !== undefined) ? all : undefined;
  },
);

function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, protocol } = new URL(text);
  return origin === text.toLowerCase() && /^https?:$/.test(protocol) ? origin : undefined;
}

/** Settings about who may send requests. */
export const accessSettings = {
  auth: setting("AUTH", authKinds.default([])),
  allowAnonymous: setting("ALLOW_ANONYMOUS", trueOrFalse.default(false)),
  tenantsFile: setting("TENANTS_FILE", optional(filePath)),
  jwksUrl: setting("JWT_JWKS_URL", optional(httpsUrl)),
  issuer: setting("JWT_ISSUER", optional(word)),
  audience: setting("JWT_AUDIENCE", optional(word)),
  tenantClaim: setting("JWT_TENANT_CLAIM", word.default("tenant")),
  defaultScopes: setting("JWT_DEFAULT_SCOPES", scopes.default(new Set<Scope>(["read"]))),
  metricsToken: secretSetting("METRICS_TOKEN"),
  corsOrigins: setting("CORS_ORIGINS", optional(origins)),
};
