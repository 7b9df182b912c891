import { isIP } from "node:net";
import type { Kind } from "../variable";

/** Dotted labels of which the last is not a number: `127.0.0.256` is a mistyped address, not a name. */
const HOST_NAME = /^(?:[\w-]{1,63}\.)*(?!\d+$)[\w-]{1,63}$/;
const ABSOLUTE_HTTP = /^https?:\/\/[^\s?#\\]+$/i;
/** One leading slash only: `//host` would name another server. */
const PATH = /^\/(?!\/)[^\s?#\\]*$/;

/** An address to listen on. The brackets of `[::1]` are dropped. */
export const host: Kind<string> = {
  rule: "takes an IP address or a host name, without a port",
  read: (text) => {
    const bare = /^\[(.+:.*)\]$/.exec(text)?.[1] ?? text;
    return isIP(bare) !== 0 || HOST_NAME.test(bare) ? bare : undefined;
  },
};

/** A provider's address, read without a slash at its end. */
export const baseUrl: Kind<string> = {
  rule: "takes an absolute http:// or https:// URL without query, fragment, user name and password",
  read: (text) => {
    if (!ABSOLUTE_HTTP.test(text) || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    if (url.username !== "" || url.password !== "") return undefined;
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  },
};

/** A path below a base URL. */
export const path: Kind<string> = {
  rule: "takes a path that begins with one slash, without query and fragment",
  read: (text) => (PATH.test(text) ? text : undefined),
};
