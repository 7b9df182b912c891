import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Connections to a database that a test can cut. */
export interface TcpProxy {
  /** The database's address, through the proxy. */
  readonly url: string;
  /** Cuts all connections, and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections again. */
  heal(): Promise<void>;
  /** From now on nothing gets through the connections that are open, and neither side is told, even of their end. New ones work. */
  silence(): void;
  /**
   * From now on what the database sends is kept back, until `release`.
   *
   * @returns resolves once `text` is among it.
   */
  hold(text: string): Promise<void>;
  /** Passes on what was kept back. */
  release(): void;
  /** As `silence`, from the next commit of a connection on that was sent `text`: it still gets through. */
  silenceCommitOf(text: string): void;
  /** Cuts the next connection that was sent `text`, in the place of the answer to its commit. */
  loseCommitOf(text: string): void;
  /** How often anything was sent to the database, apart from the pings of connections for notifications. */
  sent(): number;
}

/** @param target the database's address. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let wanted: string | null = null;
  let isSilentLoss = false;
  let sentOften = 0;
  const pairs = new Set<{ isSilent: boolean }>();
  let held: { readonly pass: (() => void)[]; readonly note: (answer: Buffer) => void } | null = null;
  const silence = (): void => {
    for (const pair of pairs) pair.isSilent = true;
  };
  const loseCommitOf = (text: string, isSilent: boolean): void => {
    wanted = text;
    isSilentLoss = isSilent;
  };
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    let hasText = false;
    let isMuted = false;
    const pair = { isSilent: false };
    pairs.add(pair);
    for (const one of [socket, upstream]) {
      sockets.add(one.on("error", () => one.destroy()));
      one.on("close", () => sockets.delete(one));
    }
    socket.on("data", (sent) => {
      if (pair.isSilent) return;
      if (!sent.includes("select 1")) sentOften += 1;
      hasText ||= wanted !== null && sent.includes(wanted);
      upstream.write(sent);
      if (!hasText || wanted === null || !sent.includes("commit")) return;
      wanted = null;
      if (isSilentLoss) silence();
      else isMuted = true;
    });
    upstream.on("data", (answer) => {
      if (pair.isSilent) return;
      const pass = (): void => {
        if (isMuted) socket.destroy();
        else socket.write(answer);
      };
      held?.pass.push(pass);
      held?.note(answer);
      if (!held) pass();
    });
    socket.on("close", () => {
      pairs.delete(pair);
      if (!pair.isSilent) upstream.end();
    });
    upstream.on("close", () => {
      if (!pair.isSilent) socket.destroy();
    });
  });
  await listen(server, 0);
  const own = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.port = String(own);
  return {
    url: url.href,
    cut: async () => {
      const closed = once(server.close(), "close");
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    heal: () => listen(server, own),
    silence,
    silenceCommitOf: (text) => loseCommitOf(text, true),
    hold: (text) =>
      new Promise((resolve) => {
        held = { pass: [], note: (answer) => answer.includes(text) && resolve() };
      }),
    release: () => {
      for (const pass of held?.pass ?? []) pass();
      held = null;
    },
    loseCommitOf: (text) => loseCommitOf(text, false),
    sent: () => sentOften,
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await once(server.listen(port, "127.0.0.1"), "listening");
}
