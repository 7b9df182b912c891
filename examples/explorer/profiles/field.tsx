import type { ReactElement, ReactNode } from "react";

/** What ties an input to its label, its hint and its errors. */
export interface InputAttributes {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string;
}

interface FieldFrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly errors: readonly string[];
  readonly children: (attributes: InputAttributes) => ReactNode;
}

/** A label, an input, a hint, and what was wrong with the value. */
export function FieldFrame({ id, label, hint, errors, children }: FieldFrameProps): ReactElement {
  const describedBy = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...errors.map((_, i) => `${id}-error-${String(i)}`),
  ];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": errors.length > 0, "aria-describedby": describedBy.join(" ") })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {errors.map((error, i) => (
        <p key={error} id={`${id}-error-${String(i)}`} className="field-error">
          {error}
        </p>
      ))}
    </div>
  );
}
