import type { ReactElement } from "react";
import { FieldFrame } from "./field";

interface RangeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly errors: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly change: (end: "from" | "to", value: string) => void;
}

/** From one whole number to another; an empty end is open. */
export function RangeField({ id, label, errors, from, to, change }: RangeFieldProps): ReactElement {
  return (
    <FieldFrame id={id} label={label} errors={errors}>
      {(attributes) => (
        <div className="range">
          <input
            {...attributes}
            type="number"
            step={1}
            aria-label={`${label}, at least`}
            placeholder="any"
            value={from}
            onChange={({ target }) => change("from", target.value)}
          />
          <span aria-hidden="true">to</span>
          <input
            {...attributes}
            id={`${id}-to`}
            type="number"
            step={1}
            aria-label={`${label}, at most`}
            placeholder="any"
            value={to}
            onChange={({ target }) => change("to", target.value)}
          />
        </div>
      )}
    </FieldFrame>
  );
}
