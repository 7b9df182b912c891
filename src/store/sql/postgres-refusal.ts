import { UnusableDatabaseError } from "../unusable-database";
import { codeOf } from "./postgres-trouble";

/** The parts of an address that a message may show. */
export interface PostgresAddress {
  readonly server: string;
  readonly user: string;
  readonly database: string;
}

const UNREACHABLE = ({ server }: PostgresAddress): string =>
  `no PostgreSQL answers at ${server}. Start it, or correct the host and the port in DATABASE_URL`;
const REFUSED = ({ user, server }: PostgresAddress): string =>
  `PostgreSQL at ${server} does not let the user ${user} in. Correct the user or the password in DATABASE_URL, or pg_hba.conf`;
const TLS_ALONE = ({ user, server }: PostgresAddress): string =>
  `PostgreSQL at ${server} lets the user ${user} in over TLS alone. Set sslmode=verify-full or sslmode=require in DATABASE_URL`;
const UNTRUSTED = ({ server }: PostgresAddress): string =>
  `the certificate of PostgreSQL at ${server} cannot be verified. Name its authority (sslrootcert) in DATABASE_URL, or use another sslmode`;

const UNREADABLE = (): string =>
  "a file that DATABASE_URL names (sslrootcert, sslcert, sslkey) cannot be read. Correct its path, or let this program's user read it";

/** By code, what is wrong and what to do. */
const WORDS: Readonly<Record<string, (address: PostgresAddress) => string>> = {
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  "28000": REFUSED,
  "28P01": REFUSED,
  "3D000": ({ database, server }) =>
    `PostgreSQL at ${server} has no database ${database}. Create it, or correct the name in DATABASE_URL`,
  "42501": ({ user, database }) =>
    `the user ${user} may not create or use tables in ${database}. Grant it, or correct the user in DATABASE_URL`,
  "3F000": ({ user, database }) => `the user ${user} has no schema in ${database} to create tables in. Create one`,
  "53300": ({ server }) =>
    `PostgreSQL at ${server} has no connection left. Raise its max_connections, or lower max in DATABASE_URL`,
  "57P03": ({ server }) => `PostgreSQL at ${server} is starting or stopping. Start this program again later`,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ server }) =>
    `the certificate of PostgreSQL at ${server} is for another host. Use the name that it has in DATABASE_URL, or sslmode=verify-ca`,
  CERT_HAS_EXPIRED: ({ server }) => `the certificate of PostgreSQL at ${server} has expired. Replace it there`,
  ENOENT: UNREADABLE,
  EACCES: UNREADABLE,
  EISDIR: UNREADABLE,
};

/** Errors that are told by words alone, or better than by their code. */
const BY_MESSAGE: readonly (readonly [words: RegExp, message: (address: PostgresAddress) => string])[] = [
  [/timeout/i, UNREACHABLE],
  [/^no pg_hba\.conf entry .*(?:no encryption|SSL off)$/, TLS_ALONE],
  [
    /requires specifying a CA/,
    () =>
      "sslmode=verify-ca needs an authority. Name its file (sslrootcert) in DATABASE_URL, or use sslmode=verify-full",
  ],
  [/password must be a string|no password/i, REFUSED],
  [
    /does not support SSL/i,
    ({ server }) => `PostgreSQL at ${server} speaks no TLS. Turn it on there, or use sslmode=disable in DATABASE_URL`,
  ],
];

/** What an error of the first connection means for who starts the program; other errors are returned unchanged. */
export function withRefusal(error: unknown, url: string): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : "";
  const words = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? WORDS[code];
  if (!words) return error;
  const detail = code === "" ? "" : ` (${code})`;
  return new UnusableDatabaseError(`${words(addressOf(url))}${detail}.`, code, { cause: error });
}

/** The parts of a URL of PostgreSQL that may be shown: neither user name nor password is among `server` and `database`. */
export function addressOf(url: string): PostgresAddress {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const host = hostname === "" ? (searchParams.get("host") ?? "") : hostname;
  return {
    server: `${host}:${port === "" ? "5432" : port}`,
    user: `"${decodeURIComponent(username)}"`,
    database: `"${decodeURIComponent(pathname.slice(1))}"`,
  };
}
