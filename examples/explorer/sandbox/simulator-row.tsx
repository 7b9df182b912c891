import { useId, type ReactElement } from "react";
import { ProviderBadge } from "../providers/provider-badge";
import { PROVIDER_NAMES } from "../providers/provider-names";
import type { Change, Simulator } from "./simulators";

interface SimulatorRowProps {
  readonly simulator: Simulator;
  readonly change: (change: Change) => void;
}

/** One simulated provider, and all that can be done to it. */
export function SimulatorRow({ simulator, change }: SimulatorRowProps): ReactElement {
  const { provider, slow, status, hasDays } = simulator;
  const id = useId();
  return (
    <li>
      <div className="simulator" role="group" aria-labelledby={id}>
        <span id={id} className="simulator-name">
          <ProviderBadge provider={provider} />
        </span>
        <select
          aria-label={`State of ${PROVIDER_NAMES[provider]}`}
          value={status ?? WORKS}
          onChange={({ target }) =>
            change({ provider, slow, status: target.value === WORKS ? null : Number(target.value) })
          }
        >
          <option value={WORKS}>Works</option>
          <option value={503}>Down</option>
          <option value={402}>Out of credits</option>
          {status === null || status === 503 || status === 402 ? null : (
            <option value={status}>Answers {status}</option>
          )}
        </select>
        <label className="check">
          <input
            type="checkbox"
            checked={slow}
            onChange={({ target }) => change({ provider, slow: target.checked, status })}
          />
          Slow<span className="unseen"> {PROVIDER_NAMES[provider]}</span>
        </label>
        {hasDays ? (
          <button type="button" className="button small" onClick={() => change({ provider, nextDay: true })}>
            Next day<span className="unseen"> of {PROVIDER_NAMES[provider]}</span>
          </button>
        ) : null}
      </div>
    </li>
  );
}

const WORKS = "works";
