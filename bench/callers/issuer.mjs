import { once } from "node:events";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

const ISSUER = "https://id.example";
const AUDIENCE = "tributary";
const ALGORITHM = "ES256";

/**
 * Publishes a key on loopback.
 *
 * @returns {Promise<{ env: Record<string, string>, token: string, close: () => void }>} The settings of a server that accepts its
 *   tokens, and a token that is good for an hour.
 */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: "bench", alg: ALGORITHM }];
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const token = await new SignJWT({ iss: ISSUER, aud: AUDIENCE, scope: "read spend write users" })
    .setProtectedHeader({ alg: ALGORITHM, kid: "bench" })
    .setExpirationTime("1 hour")
    .sign(privateKey);
  const env = { JWT_JWKS_URL: `http://127.0.0.1:${port}/keys`, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  return {
    env,
    token,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
