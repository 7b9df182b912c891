import { randomUUID } from "node:crypto";
import { ProviderError } from "../../domain/errors";
import type { TenantId } from "../../domain/tenant-id";
import type { OperationCaller } from "../feed/call-estimate";
import { inTime, timeIsUp, type Caller } from "../feed/caller";
import type { CallLedger, NewCall } from "../feed/call-ledger.port";
import type { ProfileKeeper, ProfileOptions } from "./profile-keeper.port";

/** Options, and when they were fetched. */
export interface RecordedOptions {
  readonly options: ProfileOptions;
  readonly at: Date;
}

/** Stores the latest options of each tenant. */
export interface ProfileOptionsStore {
  optionsOf(tenant: TenantId): Promise<RecordedOptions | null>;
  keepOptions(tenant: TenantId, recorded: RecordedOptions): Promise<void>;
}

/** Options are fetched again when they are older than this. */
const FRESH_MS = 24 * 60 * 60 * 1_000;

export interface ProfileOptionsDependencies {
  readonly store: ProfileOptionsStore;
  readonly ledger: Pick<CallLedger, "begin" | "fail" | "succeed" | "forget">;
  readonly keeper: Pick<ProfileKeeper, "provider" | "options">;
  readonly now: () => Date;
  /** Grows with each write of another process. */
  readonly writesOfOthers: () => number;
}

/** Options in memory. */
interface KnownOptions {
  readonly recorded: RecordedOptions;
  readonly writesOfOthers: number;
}

/** Reads the values that a profile may have. Fetches them once a day; concurrent requests share one call. */
export class ProfileOptionsReader {
  /** Newer options make an entry wrong: it is replaced when this process records them, and not used after a write of another. */
  readonly #known = new Map<TenantId, KnownOptions>();
  readonly #asking = new Map<TenantId, Promise<ProfileOptions>>();

  constructor(private readonly dependencies: ProfileOptionsDependencies) {}

  /**
   * Options that are at most a day old; older ones where the provider fails. `null` where it is not configured.
   *
   * @throws {ProviderError} the provider failed, and no older options are stored.
   */
  async read(tenant: TenantId, caller: OperationCaller): Promise<ProfileOptions | null> {
    const { keeper, now } = this.dependencies;
    if (!keeper.options) return null;
    const known = await this.#recorded(tenant);
    if (known && now().getTime() - known.at.getTime() < FRESH_MS) return known.options;
    if (caller.estimate) {
      caller.estimate.addFree(keeper.provider);
      return known?.options ?? null;
    }
    try {
      return await inTime(this.#shared(tenant, caller, keeper.options), caller.deadline, () => {
        throw timeIsUp(keeper.provider, false);
      });
    } catch (error) {
      if (known && error instanceof ProviderError) return known.options;
      throw error;
    }
  }

  async #recorded(tenant: TenantId): Promise<RecordedOptions | null> {
    const { store, writesOfOthers } = this.dependencies;
    const writes = writesOfOthers(); // before the read, which may be older than one that comes meanwhile
    const known = this.#known.get(tenant);
    if (known?.writesOfOthers === writes) return known.recorded;
    const recorded = await store.optionsOf(tenant);
    if (recorded) this.#known.set(tenant, { recorded, writesOfOthers: writes });
    return recorded;
  }

  #shared(tenant: TenantId, caller: Caller, ask: NonNullable<ProfileKeeper["options"]>): Promise<ProfileOptions> {
    const asking =
      this.#asking.get(tenant) ?? this.#ask(tenant, caller, ask).finally(() => this.#asking.delete(tenant));
    this.#asking.set(tenant, asking);
    return asking;
  }

  /** Continues when its caller disconnects: others may wait for it, and it costs nothing. */
  async #ask(tenant: TenantId, { calls }: Caller, ask: NonNullable<ProfileKeeper["options"]>): Promise<ProfileOptions> {
    const { store, ledger, keeper, now, writesOfOthers } = this.dependencies;
    const { provider } = keeper;
    const taken = calls.takeFree();
    if (!taken) throw calls.refusal(provider, 0);
    const startedAt = now();
    const call: NewCall = {
      id: randomUUID(),
      tenant,
      provider,
      operation: "profileOptions",
      feedId: null,
      reservedCredits: 0,
      startedAt,
      origin: taken.origin,
    };
    await ledger.begin(call, null);
    taken.end(provider, 0, []);
    try {
      const recorded = { options: await ask(new AbortController().signal), at: startedAt };
      await ledger.succeed(call, now());
      const writes = writesOfOthers();
      await store.keepOptions(tenant, recorded);
      this.#known.set(tenant, { recorded, writesOfOthers: writes });
      return recorded.options;
    } catch (error) {
      if (error instanceof ProviderError) await ledger.fail(call, error.code, 0, now());
      throw error;
    }
  }
}
