import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A PostgreSQL that one test has to itself. */
export interface OwnCluster {
  readonly url: string;
  /** Stops it, cutting all connections, and starts it again. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface OwnClusterOptions {
  /** Connections are taken over TLS alone. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

export async function startOwnCluster(options: OwnClusterOptions = {}): Promise<OwnCluster> {
  const child = fork(join(__dirname, "cluster-process.mjs"), [JSON.stringify(options)], { execArgv: [] });
  const reply = async (): Promise<unknown> => ((await once(child, "message")) as readonly unknown[])[0];
  const ask = async (wanted: string): Promise<void> => {
    const done = reply();
    child.send(wanted);
    await done;
  };
  const url = String(await reply());
  return {
    url,
    restart: () => ask("restart"),
    end: async () => {
      await ask("end");
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
