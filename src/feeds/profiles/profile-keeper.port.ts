import type { ProviderError } from "../../domain/errors";
import type { InputIssue } from "../../domain/profile-check";
import type { Provider } from "../../domain/provider";
import type { Profile, ProfileCriteria } from "../../domain/profile";

/** Values that the provider takes in a profile, in its order. */
export interface ProfileOptions {
  readonly industries: readonly string[];
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly regions: readonly string[];
}

/** The provider that keeps profiles itself, and recommends by them. */
export interface ProfileKeeper {
  readonly provider: Provider;
  /**
   * A keyed hash that tells the account there from others: it changes with the key and with the provider's address, and
   * another account has none of the profiles. `null` where the provider is not configured.
   */
  readonly account: string | null;
  /** The feed query of a profile in canonical form. */
  queryOf(profile: Pick<Profile, "id" | "externalUserId" | "criteria">): string;
  /** Asks which values it takes in a profile; `null` where the provider is not configured. @throws {ProviderError} */
  readonly options: ((signal: AbortSignal) => Promise<ProfileOptions>) | null;
  /** What a refusal objects to, each in the provider's words, and by the field of the profile that those name. */
  objectionsIn(refusal: ProviderError): readonly [InputIssue, ...InputIssue[]];
  /**
   * Creates or replaces the profile at the provider; `null` where the provider is not configured.
   *
   * @returns the provider's own id of it; `null` where its answer had none.
   * @throws {ProviderError} `PROVIDER_REJECTED_REQUEST` where it does not take the values.
   */
  readonly saveProfile:
    ((externalUserId: string | null, criteria: ProfileCriteria, signal: AbortSignal) => Promise<string | null>) | null;
}
