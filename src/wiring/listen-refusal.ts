import { createServer } from "node:net";
import { StartError } from "../domain/start-error";

/** Where the server listens. */
interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** By code of Node, what is wrong and what to do. */
const WORDS: Readonly<Record<string, (address: ListenAddress) => string>> = {
  EADDRINUSE: (address) =>
    `another program listens on ${addressText(address)} already. Stop it, or set PORT to another port (0 takes a free one)`,
  EACCES: (address) =>
    `this process may not listen on ${addressText(address)}. Set PORT to a port from 1024 on, or give its user that right`,
  EADDRNOTAVAIL: ({ host }) => `${host} is no address of this machine. Correct HOST`,
  ENOTFOUND: ({ host }) => `the name ${host} has no address. Correct HOST`,
  EAI_AGAIN: ({ host }) => `the address of ${host} could not be looked up. Correct HOST, or start again later`,
};

/** The address as URLs write it: `127.0.0.1:4000`, `[::1]:4000`. */
export function addressText({ host, port }: ListenAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
}

/** What an error of listening means for who starts the program; other errors are returned unchanged. */
export function withListenRefusal(error: unknown, address: ListenAddress): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const words = WORDS[code];
  return words ? new StartError(`${words(address)} (${code}).`, { cause: error }) : error;
}

/** Listens for a moment. @throws {StartError} the server could not listen there. */
export async function tryToListen({ host, port }: ListenAddress): Promise<void> {
  const server = createServer((connection) => connection.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen({ host, port }, resolve);
    });
  } catch (error) {
    throw withListenRefusal(error, { host, port });
  }
  await new Promise((resolve) => server.close(resolve));
}
