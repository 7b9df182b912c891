import { useId, useState, type ReactElement, type ReactNode } from "react";
import { ChevronIcon } from "./icons";

interface DisclosureProps {
  readonly label: ReactNode;
  /** Follows the label, quieter: a count, a sum. */
  readonly detail?: ReactNode;
  /** Made only while it is open. */
  readonly children: () => ReactNode;
}

/** A button, and what it shows and hides. */
export function Disclosure({ label, detail, children }: DisclosureProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="disclosure">
      <button
        type="button"
        className="disclosure-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronIcon />
        {label}
        {detail === undefined ? null : <span className="detail">{detail}</span>}
      </button>
      <div id={id} className="disclosure-panel" hidden={!isOpen}>
        {isOpen ? children() : null}
      </div>
    </div>
  );
}
