import type { Refusal } from "../http/provider-call";

/** What a 4xx of Lusha's means beyond its status: how an expired session is told is not documented, so all ways count. */
export function lushaRefusal(status: number, body: unknown): Refusal | null {
  const expired = status === 404 || status === 410 || (status === 400 && namesSession(body));
  if (!expired) return null;
  return {
    code: "PROVIDER_SESSION_EXPIRED",
    message: `Lusha no longer continues this list (${String(status)}). What is recorded of it stands; ask with other seeds for more.`,
  };
}

function namesSession(body: unknown): boolean {
  return /requestId|dedupeSessionId|session/i.test(JSON.stringify(body));
}
