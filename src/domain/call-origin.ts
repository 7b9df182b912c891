/** The operation in which a provider call began, for the ledger. A value is `null` where the request does not say it. */
export interface CallOrigin {
  /** The operation's name in the document. */
  readonly operation: string | null;
  /** The client's name (`apollographql-client-name`). */
  readonly client: string | null;
  readonly clientVersion: string | null;
  /** The name of the API key, or the token's user. */
  readonly caller: string | null;
  /** The `externalUserId` of the profile, or else the user of the request. */
  readonly user: string | null;
}

/** Of a call that no operation began. */
export const NO_ORIGIN: CallOrigin = { operation: null, client: null, clientVersion: null, caller: null, user: null };
