import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";

type Claims = Omit<JWTPayload, "exp"> & { readonly exp?: number | null };

/** Signs tokens, and publishes its keys on loopback. */
export interface TokenIssuer {
  readonly env: Readonly<Record<string, string>>;
  /** How often the keys were fetched. */
  fetches(): number;
  /** A token of these claims; valid for five minutes, unless the claims say otherwise. `exp: null`: for ever. */
  sign(claims: Claims, options?: { readonly kid?: string; readonly expiresIn?: string }): Promise<string>;
  /** Signs with another key from now on, which is published too. */
  rotate(): Promise<void>;
  /** Whether the keys can be fetched. */
  setReachable(isReachable: boolean): void;
  stop(): Promise<void>;
}

export async function startTokenIssuer(alg = "ES256"): Promise<TokenIssuer> {
  const published: object[] = [];
  let fetches = 0;
  let isReachable = true;
  let signing = await newKey();

  async function newKey(): Promise<{ readonly kid: string; readonly privateKey: CryptoKey }> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${String(published.length + 1)}`;
    published.push({ ...(await exportJWK(publicKey)), kid, alg });
    return { kid, privateKey };
  }

  const server = createServer((_, response) => {
    fetches += 1;
    if (!isReachable) return response.writeHead(503).end();
    return response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      JWT_JWKS_URL: `http://127.0.0.1:${String(port)}/keys`,
      JWT_ISSUER: "https://id.example",
      JWT_AUDIENCE: "tributary",
    },
    fetches: () => fetches,
    sign: ({ exp, ...claims }, { kid = signing.kid, expiresIn = "5 minutes" } = {}) => {
      const token = new SignJWT({ iss: "https://id.example", aud: "tributary", ...claims });
      if (exp !== null) token.setExpirationTime(exp ?? expiresIn);
      return token.setProtectedHeader({ alg, kid }).sign(signing.privateKey);
    },
    rotate: async () => {
      signing = await newKey();
    },
    setReachable: (next) => {
      isReachable = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
