import { randomUUID } from "node:crypto";
import { ProviderError } from "../../domain/errors";
import type { EntityKey } from "../../domain/entity-key";
import type { PersonExample, Profile, ProfileCriteria } from "../../domain/profile";
import type { InputIssue } from "../../domain/profile-check";
import type { TenantId } from "../../domain/tenant-id";
import type { Entities } from "../entities/entities";
import { inTime, timeIsUp, type Caller } from "../feed/caller";
import type { Extender } from "../feed/extender";
import type { FeedName } from "../feed/feed-model";
import type { Feeds } from "../feed/feeds";
import type { OtherProcesses } from "../feed/processes.port";
import type { ProfileStore } from "./profile-store.port";
import type { ProfileCache } from "./profile-cache";
import { profileConnection } from "./profile-connection";
import { KeyedLock } from "../feed/keyed-lock";
import type { CallLedger, NewCall } from "../feed/call-ledger.port";
import { isOfProfile } from "./merged-query";
import { checkProfile, type ExampleId, type ProfileInput } from "./profile-input";
import type { ProfileIdOf } from "./profile-id";
import type { ProfileKeeper } from "./profile-keeper.port";
import { unknownId } from "../entities/entity-references";

/** A problem of a profile; the code says whether this server or the provider found it. */
export interface ProfileIssue extends InputIssue {
  readonly code: "BAD_USER_INPUT" | "PROVIDER_REJECTED_REQUEST";
}

export type Upserted =
  | {
      readonly kind: "saved";
      readonly profile: Profile;
      /** Why the provider that stores profiles does not have it yet: it is sent before the next fetch. */
      readonly unsent: ProviderError | null;
    }
  | { readonly kind: "refused"; readonly issues: readonly [ProfileIssue, ...ProfileIssue[]] };

/** The result of sending a profile: the failure, and the provider's id of it if the answer has one. */
interface Sent {
  readonly failure: ProviderError | null;
  readonly providerId?: string;
}

export interface ProfilesDependencies {
  readonly store: ProfileStore;
  readonly cache: ProfileCache;
  readonly entities: Pick<Entities, "forgotten" | "load">;
  readonly ledger: Pick<CallLedger, "begin" | "fail" | "forget" | "succeed">;
  readonly feeds: Feeds;
  readonly extender: Extender;
  readonly keeper: ProfileKeeper;
  /** `null` or left out: no other process uses the database. */
  readonly others?: Pick<OtherProcesses, "caughtUp"> | null;
  readonly idOf: ProfileIdOf;
  readonly now: () => Date;
}

/** Saves profiles, here and at the provider that stores them. */
export class Profiles {
  readonly #users = new KeyedLock();

  constructor(private readonly dependencies: ProfilesDependencies) {}

  /**
   * Creates or replaces the profile of a user. If a value is rejected, nothing is saved. If the provider that stores profiles
   * cannot save it now, it is saved here, and sent before the next fetch. Once it resolves, no process serves the old profile.
   *
   * @example
   * const result = await profiles.upsert(tenant, { externalUserId: "u1", companies: { industries: ["SaaS"] } }, caller);
   * if (result.kind === "refused") return result.issues; // every problem, with the field it is about
   */
  async upsert(tenant: TenantId, input: ProfileInput, caller: Caller): Promise<Upserted> {
    const { externalUserId, criteria, issues, ids } = checkProfile(input);
    const unknown = await this.#unknownIds(tenant, externalUserId, ids);
    const wrong = [...issues, ...unknown, ...(await this.#forgottenPeople(tenant, criteria))];
    const [first, ...others] = wrong.map((issue): ProfileIssue => ({ ...issue, code: "BAD_USER_INPUT" }));
    if (first) return { kind: "refused", issues: [first, ...others] };
    const upserted = await this.#alone(tenant, externalUserId, (id, known) =>
      this.#replace(tenant, { id, externalUserId, criteria: withKnownCompanies(criteria, known) }, known, caller),
    );
    if (upserted.kind === "saved") await this.dependencies.others?.caughtUp();
    return upserted;
  }

  /**
   * Deletes the profile of a user and closes its lists. Their cursors can still read the recorded rows. Once it resolves, no process
   * serves the profile.
   *
   * @returns whether there was one.
   */
  async delete(tenant: TenantId, externalUserId: string | null): Promise<boolean> {
    const wasThere = await this.#alone(tenant, externalUserId, async (id, known) => {
      if (!known) return false;
      const { store, cache, feeds } = this.dependencies;
      const connection = profileConnection(id);
      await store.delete(tenant, id, connection);
      cache.forget(tenant, externalUserId);
      feeds.close(tenant, connection, () => false);
      return true;
    });
    if (wasThere) await this.dependencies.others?.caughtUp();
    return wasThere;
  }

  /** Runs `work` while no other change of the user's profile and no fetch for it runs. */
  #alone<T>(
    tenant: TenantId,
    externalUserId: string | null,
    work: (id: string, known: Profile | null) => Promise<T>,
  ): Promise<T> {
    const { store, extender, keeper, idOf } = this.dependencies;
    return this.#users.run(JSON.stringify([tenant, externalUserId]), async () => {
      const known = await store.byExternalUserId(tenant, externalUserId);
      const id = known?.id ?? idOf(tenant, externalUserId);
      return extender.whileIdle(tenant, profileConnection(id), keeper.provider, () => work(id, known));
    });
  }

  /** The ids of entities that have no record and are no example of the saved profile, whose examples have ids too. */
  async #unknownIds(
    tenant: TenantId,
    externalUserId: string | null,
    ids: readonly ExampleId[],
  ): Promise<readonly InputIssue[]> {
    if (ids.length === 0) return [];
    const { entities, cache } = this.dependencies;
    const found = await entities.load(
      tenant,
      ids.map(({ key }) => key),
    );
    const saved = (await cache.load(tenant, externalUserId))?.criteria;
    const examples = new Set(saved ? namedIn(saved) : []);
    const unknown = ids.filter(({ key }) => !found.has(key) && !examples.has(key));
    return unknown.map(({ field, id }) => ({ field, message: unknownId(id) }));
  }

  /** People who were forgotten may not be named: a profile would record them again. */
  async #forgottenPeople(tenant: TenantId, criteria: ProfileCriteria): Promise<readonly InputIssue[]> {
    const { examplePeople, excludePeople = [] } = criteria;
    const forgotten = await this.dependencies.entities.forgotten(
      tenant,
      peopleIn(criteria).map(({ key }) => key),
    );
    const issuesIn = (field: string, people: readonly PersonExample[]): readonly InputIssue[] =>
      people.flatMap(({ key }, i) =>
        forgotten.has(key) ? { field: [field, String(i)], message: "This person was forgotten. Leave them out." } : [],
      );
    return [...issuesIn("examplePeople", examplePeople), ...issuesIn("excludePeople", excludePeople)];
  }

  async #replace(
    tenant: TenantId,
    profile: Pick<Profile, "id" | "externalUserId" | "criteria">,
    known: Profile | null,
    caller: Caller,
  ): Promise<Upserted> {
    const { store, cache, feeds, keeper, now } = this.dependencies;
    // Until both sides have the new profile, the provider may have either version: the next fetch sends the saved one first.
    const wasSent = known !== null && (await store.isSent(tenant, known.id));
    if (wasSent && keeper.saveProfile) await store.markSent(tenant, known.id, false);
    const { failure, providerId = known?.providerId } = await this.#sendInTime(tenant, profile, caller);
    if (failure && isRefusal(failure)) {
      if (wasSent) await store.markSent(tenant, known.id, true);
      const [first, ...others] = keeper.objectionsIn(failure, profile.criteria);
      const toRefused = (issue: InputIssue): ProfileIssue => ({ ...issue, code: failure.code });
      return { kind: "refused", issues: [toRefused(first), ...others.map(toRefused)] };
    }
    const connection = profileConnection(profile.id);
    const keepersQuery = keeper.queryOf(profile);
    const goesOn = ({ provider, query }: FeedName): boolean =>
      provider === "MERGED" ? isOfProfile(query, profile.criteria) : query === keepersQuery;
    const sent = keeper.saveProfile !== null && !failure;
    const named = providerId === undefined ? {} : { providerId };
    const saved = await store.save({ ...profile, ...named, tenant, sent, at: now(), closing: { connection, goesOn } });
    feeds.close(tenant, connection, goesOn);
    return { kind: "saved", profile: cache.keep(tenant, saved), unsent: failure };
  }

  /** A call that takes too long continues, but its result is ignored: the profile is sent again before the next fetch. */
  #sendInTime(
    tenant: TenantId,
    { externalUserId, criteria }: Pick<Profile, "externalUserId" | "criteria">,
    caller: Caller,
  ): Promise<Sent> {
    const { extender, keeper } = this.dependencies;
    const sending = this.#send(tenant, externalUserId, criteria, caller);
    return inTime(sending, caller.deadline, () => {
      const end = (): Promise<unknown> => sending.catch(() => null);
      void extender.whileIdle(tenant, `late ${randomUUID()}`, keeper.provider, end); // so that a stop of the server waits for it
      return { failure: timeIsUp(keeper.provider, false) };
    });
  }

  /** Nothing is sent where the provider is not configured. */
  async #send(
    tenant: TenantId,
    externalUserId: string | null,
    criteria: ProfileCriteria,
    { signal, calls }: Caller,
  ): Promise<Sent> {
    const { ledger, keeper, now } = this.dependencies;
    if (!keeper.saveProfile) return { failure: null };
    const taken = calls.takeFree();
    if (!taken) return { failure: calls.refusal(keeper.provider, 0) };
    const call: NewCall = {
      id: randomUUID(),
      tenant,
      provider: keeper.provider,
      operation: "saveProfile",
      feedId: null,
      reservedCredits: 0,
      startedAt: now(),
      origin: { ...taken.origin, user: externalUserId },
    };
    await ledger.begin(call, null);
    taken.end(keeper.provider, 0, []);
    try {
      const providerId = await keeper.saveProfile(externalUserId, criteria, signal);
      await ledger.succeed(call, now());
      return { failure: null, ...(providerId === null ? {} : { providerId }) };
    } catch (error) {
      if (error instanceof ProviderError) {
        await ledger.fail(call, error.code, 0, now());
        return { failure: error };
      }
      await ledger.forget(call);
      throw error;
    }
  }
}

/** Keeps the company of a person who was named with one before, and is named without one now. */
function withKnownCompanies(criteria: ProfileCriteria, known: Profile | null): ProfileCriteria {
  const { examplePeople, excludePeople } = criteria;
  const before = new Map(known && peopleIn(known.criteria).map((person) => [person.key, person]));
  const named = (person: PersonExample): PersonExample =>
    person.companyKey === null ? (before.get(person.key) ?? person) : person;
  return {
    ...criteria,
    examplePeople: examplePeople.map(named),
    ...(excludePeople ? { excludePeople: excludePeople.map(named) } : {}),
  };
}

function peopleIn({ examplePeople, excludePeople = [] }: ProfileCriteria): readonly PersonExample[] {
  return [...excludePeople, ...examplePeople];
}

/** Every company and person that a profile names. */
function namedIn(criteria: ProfileCriteria): readonly EntityKey[] {
  const { exampleCompanies, excludeCompanies = [] } = criteria;
  return [...exampleCompanies, ...excludeCompanies, ...peopleIn(criteria).map(({ key }) => key)];
}

function isRefusal(error: ProviderError): error is ProviderError & { readonly code: "PROVIDER_REJECTED_REQUEST" } {
  return error.code === "PROVIDER_REJECTED_REQUEST";
}
