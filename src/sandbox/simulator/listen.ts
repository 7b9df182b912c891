import { once } from "node:events";
import type { Server } from "node:http";

/**
 * Starts the server.
 *
 * @returns Its address, and a function that closes it at once with all its connections.
 * @throws {Error} it cannot listen.
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  // Longer than any test: an idle connection that closes during the next call would be an unwanted fault.
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
