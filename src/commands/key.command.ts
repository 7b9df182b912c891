import { createHash, randomBytes } from "node:crypto";
import { keyProblems } from "../config/access/tenants-file";
import { SCOPES } from "../domain/access";
import { tenantId, type TenantId } from "../domain/tenant-id";
import type { Command } from "./command";
import { UsageError } from "./usage-error";

/** Begins every key, so that programs that look for secrets in files find it. */
const PREFIX = "trib_";
const RANDOM_BYTES = 32;

export const keyCommand: Command = {
  name: "key",
  summary: "makes an API key, and its line for the tenants file",
  about:
    "Makes an API key and prints it once. It is stored nowhere: the tenants file gets its hash, in the line that is printed\n" +
    "with it. Changes nothing; the server reads the tenants file again within 5 s after you changed it.",
  options: {
    tenant: { value: "ID", isRequired: true, help: "the tenant that the key is for" },
    name: { value: "NAME", isRequired: true, help: "the name of the key in logs and reports" },
    scopes: { value: "LIST", help: `some of ${SCOPES.join(",")}, with commas between them; all unless given` },
  },
  operands: [],
  run: (given, { print }) => {
    const [id, name] = [given.option("tenant") ?? "", given.option("name") ?? ""];
    const list = given.option("scopes");
    const scopes = list === null ? SCOPES : [...new Set(list.split(",").map((scope) => scope.trim()))];
    const problems = keyProblems(id, name, scopes);
    if (problems.length > 0) throw new UsageError(problems.map(inCommandLine).join("\n"));
    const key = `${PREFIX}${randomBytes(RANDOM_BYTES).toString("base64url")}`;
    const sha256 = createHash("sha256").update(key).digest("hex");
    print(keyText(tenantId(id), key, { name, sha256, scopes }));
    return Promise.resolve(0);
  },
};

/** The problem of a field of the file as that of the option that fills it. */
function inCommandLine(problem: string): string {
  return `tributary key: --${problem.replace(/^id:/, "tenant:").replace(":", "")}`;
}

function keyText(
  tenant: TenantId,
  key: string,
  { name, sha256, scopes }: { readonly name: string; readonly sha256: string; readonly scopes: readonly string[] },
): string {
  const scopeTexts = scopes.map((scope) => JSON.stringify(scope)).join(", ");
  return `The key, shown this once:

${key}

Its line in the list "keys" of the tenant ${tenant}, in the tenants file:

{ "name": ${JSON.stringify(name)}, "sha256": "${sha256}", "scopes": [${scopeTexts}] }`;
}
