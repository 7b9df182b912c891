import type { ReactElement } from "react";
import { SidePanel } from "../ui/side-panel";
import { SimulatorRow } from "./simulator-row";
import type { Simulator } from "./simulators";
import { useSimulators } from "./use-simulators";

/** Spoils the simulated providers, so that failures can be seen; nothing where there are none to spoil. */
export function SandboxPanel(): ReactElement | null {
  const { simulators, told, change } = useSimulators();
  if (simulators === null) return null;
  return (
    <SidePanel id="sandbox-title" title="Try a failure" detail={summaryOf(simulators)}>
      {() => (
        <div className="simulators">
          <p className="quiet">
            The providers are simulated. Spoil one, then load more: what is recorded is served all the same.
          </p>
          <ul>
            {simulators.map((simulator) => (
              <SimulatorRow key={simulator.provider} simulator={simulator} change={(changed) => void change(changed)} />
            ))}
          </ul>
          <p role="status" className="quiet">
            {told}
          </p>
        </div>
      )}
    </SidePanel>
  );
}

function summaryOf(simulators: readonly Simulator[]): string {
  const spoilt = simulators.filter(({ slow, status }) => slow || status !== null).length;
  return spoilt === 0 ? "all work" : `${String(spoilt)} of ${String(simulators.length)} spoilt`;
}
