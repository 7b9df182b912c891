import { byProvider, slugOf } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import { profileConnection } from "../feeds/profiles/profile-connection";
import type { ProfileIdOf } from "../feeds/profiles/profile-id";
import { checkProfile } from "../feeds/profiles/profile-input";
import { toCompanyRow, toContactRow } from "../providers/lusha/lusha.records";
import { Conditions } from "../sandbox/conditions";
import { SAMPLE_EXAMPLES, SAMPLE_PROFILE } from "../sandbox/sample-profile";
import { startSandbox, type Sandbox } from "../sandbox/sandbox";
import type { Configuration } from "./configuration";
import type { Stores } from "./stores";

/** The running simulators, and their conditions. */
export interface OpenSandbox {
  readonly simulators: Sandbox;
  readonly conditions: Conditions;
  close(): Promise<void>;
}

/**
 * Starts the simulators, with the conditions in the configuration.
 *
 * @param running simulators that run already, and that the caller closes.
 * @returns `null` where the sandbox is off.
 */
export async function openSandbox(
  { sandbox, simulators: conditions }: Configuration,
  running: Sandbox | undefined,
): Promise<OpenSandbox | null> {
  if (!sandbox) return null;
  const simulators = running ?? (await startSandbox());
  const byName = byProvider((provider) => simulators[slugOf(provider)]);
  return {
    simulators,
    conditions: new Conditions(byName, conditions),
    close: () => (running ? Promise.resolve() : simulators.close()),
  };
}

/**
 * Marks all profiles as not sent, since simulators lose them with every start, and saves the sample profile if the tenant has
 * none, with the records of its examples at the simulated Lusha. No provider is called: a profile is sent before its first fetch.
 */
export async function beginWithSandbox(
  { profileStore: store, entityStore }: Pick<Stores, "profileStore" | "entityStore">,
  idOf: ProfileIdOf,
  tenant: TenantId,
  at: Date,
): Promise<void> {
  await store.forgetSent(tenant);
  const { total } = await store.part(tenant, { direction: "forward", count: 1, after: null, before: null });
  if (total > 0) return;
  const { company, person } = SAMPLE_EXAMPLES;
  const records = [toCompanyRow(company), toContactRow(person)].flatMap(({ item }) => item.records);
  await entityStore.keep(tenant, records, at);
  const { externalUserId, criteria } = checkProfile(SAMPLE_PROFILE);
  const id = idOf(tenant, externalUserId);
  const closing = { connection: profileConnection(id), goesOn: () => true };
  await store.save({ tenant, id, externalUserId, criteria, sent: false, at, closing });
}
