import { once } from "node:events";
import type { Server } from "node:http";

/**
 * Starts the server.
 *
 * @returns Its address, and what ends it at once with every connection it has.
 * @throws {Error} where it cannot listen.
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  // Longer than any test: an idle connection that closes under a client's next call would be a fault nobody asked for.
  server.keepAliveTimeout = 600_000;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `url` has no slash at the end; `close` may be called twice. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}
