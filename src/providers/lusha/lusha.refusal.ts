import type { ProviderCall, RefusalReader } from "../http/provider-call";
import { textsIn } from "../http/refusal";

/**
 * How a 4xx of a call is read: one that continued a session may tell that it expired. How that is told is not documented,
 * so all ways count.
 */
export function withSessionRefusal(session: string | null): Pick<ProviderCall<unknown>, "readRefusal"> {
  return session === null ? {} : { readRefusal: readSessionRefusal };
}

const readSessionRefusal: RefusalReader = (status, body) => {
  const expired = status === 404 || status === 410 || (status === 400 && namesSession(body));
  if (!expired) return null;
  return {
    code: "PROVIDER_SESSION_EXPIRED",
    message: `Lusha no longer continues this list (${String(status)}). What is recorded of it stands; ask with other seeds for more.`,
  };
};

function namesSession(body: unknown): boolean {
  return textsIn(body).some((text) => /requestId|dedupeSessionId|session/i.test(text));
}
