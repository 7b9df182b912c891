import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A proxy in front of a provider, which can stop in the middle of an answer. */
export interface CutProxy {
  readonly url: string;
  /** Bytes of answers since the last `cutAfter` or `count`. */
  passed(): number;
  /** Counts from zero. */
  count(): void;
  /** Lets `bytes` bytes of answers pass, then nothing more, and calls `onCut`. */
  cutAfter(bytes: number, onCut: () => void): void;
  close(): Promise<void>;
}

/** @param target the base URL of a simulator. */
export async function startCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let passed = 0;
  let cut: { readonly after: number; readonly onCut: () => void } | null = null;
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    for (const one of [socket, upstream]) {
      sockets.add(one.on("error", () => one.destroy()));
      one.on("close", () => sockets.delete(one));
    }
    socket.pipe(upstream);
    upstream.on("data", (answer) => {
      const left = cut ? cut.after - passed : Infinity;
      if (left <= 0) return;
      passed += answer.length;
      if (answer.length < left) socket.write(answer);
      else socket.write(answer.subarray(0, left), cut?.onCut);
    });
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => socket.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    passed: () => passed,
    count: () => {
      passed = 0;
      cut = null;
    },
    cutAfter: (bytes, onCut) => {
      passed = 0;
      cut = { after: bytes, onCut };
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
