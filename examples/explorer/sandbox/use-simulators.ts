import { useEffect, useState } from "react";
import { PROVIDER_NAMES } from "../providers/provider-names";
import { changeSimulator, readSimulators, type Change, type Simulator } from "./simulators";

export interface Simulators {
  /** `null` where there are none to spoil, and until that is known. */
  readonly simulators: readonly Simulator[] | null;
  /** What became of the last change, in words; empty before one was made. */
  readonly told: string;
  readonly change: (change: Change) => Promise<void>;
}

/** The simulated providers, and how to spoil them. */
export function useSimulators(): Simulators {
  const [simulators, setSimulators] = useState<readonly Simulator[] | null>(null);
  const [told, setTold] = useState("");
  useEffect(() => {
    readSimulators().then(setSimulators, () => setSimulators(null));
  }, []);
  const change = async (changed: Change): Promise<void> => {
    setSimulators(simulators && changedIn(simulators, changed));
    try {
      setSimulators(await changeSimulator(changed));
      setTold(wordsOf(changed));
    } catch {
      setSimulators(simulators);
      setTold(`${PROVIDER_NAMES[changed.provider]} could not be changed: the sandbox did not answer.`);
    }
  };
  return { simulators, told, change };
}

/** What is to come of a change: a control shows what was chosen while the server does it. */
function changedIn(simulators: readonly Simulator[], change: Change): readonly Simulator[] {
  if ("nextDay" in change) return simulators;
  return simulators.map((one) => (one.provider === change.provider ? { ...one, ...change } : one));
}

function wordsOf(change: Change): string {
  const name = PROVIDER_NAMES[change.provider];
  if ("nextDay" in change) return `${name}'s next day has begun.`;
  return `${name} ${stateOf(change.status)}${change.slow ? ", slowly" : ""}.`;
}

function stateOf(status: number | null): string {
  switch (status) {
    case null:
      return "works";
    case 402:
      return "is out of credits";
    case 503:
      return "is down";
    default:
      return `answers ${String(status)}`;
  }
}
