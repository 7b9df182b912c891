import type { ProviderError } from "../../domain/errors";
import type { InputIssue } from "../../domain/profile-check";
import type { Provider } from "../../domain/provider";
import type { Profile, ProfileCriteria } from "../../domain/profile";

/** Values that the provider accepts in a profile, in its order. */
export interface ProfileOptions {
  readonly industries: readonly string[];
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly regions: readonly string[];
}

/** The provider that stores profiles on its side, and recommends by them. */
export interface ProfileKeeper {
  readonly provider: Provider;
  /**
   * A keyed hash that identifies the account at the provider. It changes with the API key and the provider's address: the
   * profiles must be sent again then. `null` where the provider is not configured.
   */
  readonly account: string | null;
  /** The feed query of a profile in canonical form. */
  queryOf(profile: Pick<Profile, "id" | "externalUserId" | "criteria">): string;
  /** Fetches the values that it accepts in a profile; `null` where the provider is not configured. @throws {ProviderError} */
  readonly options: ((signal: AbortSignal) => Promise<ProfileOptions>) | null;
  /** The problems in a `PROVIDER_REJECTED_REQUEST` error: the provider's message for each, with the field that it names. */
  objectionsIn(refusal: ProviderError, criteria: ProfileCriteria): readonly [InputIssue, ...InputIssue[]];
  /**
   * Creates or replaces the profile at the provider; `null` where the provider is not configured.
   *
   * @returns the provider's own id of it; `null` where its answer had none.
   * @throws {ProviderError} `PROVIDER_REJECTED_REQUEST` where it does not accept the values.
   */
  readonly saveProfile:
    ((externalUserId: string | null, criteria: ProfileCriteria, signal: AbortSignal) => Promise<string | null>) | null;
}
