import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * A transport for one axios request that knows whether the request may have reached the provider. Node sends the bytes when the
 * socket is connected (for TLS: when the handshake is done): before that moment no byte was sent, after it any may have been.
 * Error codes do not show that: `ECONNRESET` occurs in a failed handshake, and after a request that was read.
 */
export class SentWatch {
  #sent = false;

  /** @param onSent called once, when the request may have reached the provider. */
  constructor(private readonly onSent?: () => void) {}

  get sent(): boolean {
    return this.#sent;
  }

  /** axios calls this in place of `http.request`. */
  readonly request = (
    options: http.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    const transport = options.protocol === "https:" ? https : http;
    const request = transport.request(options, onResponse);
    request.once("socket", (socket) => this.#watch(socket, request.reusedSocket));
    return request;
  };

  /** @param isReused a kept connection is ready at once. */
  #watch(socket: Socket, isReused: boolean): void {
    const sent = (): void => {
      if (this.#sent) return;
      this.#sent = true;
      this.onSent?.();
    };
    if (isReused) sent();
    else if (socket instanceof TLSSocket) socket.once("secureConnect", sent);
    else if (socket.connecting) socket.once("connect", sent);
    else sent();
  }
}
