import { once } from "node:events";
import * as http from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  readonly url: string;
  /** What it was asked to connect to. */
  readonly tunnels: string[];
  close(): Promise<void>;
}

/** A proxy on loopback. */
export async function startProxy(refusing = false): Promise<Proxy> {
  const tunnels: string[] = [];
  const sockets: Socket[] = [];
  const listener = http.createServer().on("connect", (request, socket: Socket) => {
    tunnels.push(request.url ?? "");
    sockets.push(socket);
    if (refusing) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const { hostname, port } = new URL(`http://${request.url ?? ""}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(upstream);
    for (const one of [socket, upstream]) one.on("error", () => one.destroy());
    upstream.on("close", () => socket.destroy());
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`,
    tunnels,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await once(listener.close(), "close");
    },
  };
}
