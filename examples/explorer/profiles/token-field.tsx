import { useState, type KeyboardEvent, type ReactElement } from "react";
import { CrossIcon } from "../ui/icons";
import { FieldFrame, type InputAttributes } from "./field";

interface TokenFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly errors: readonly string[];
  readonly values: readonly string[];
  readonly suggestions?: readonly string[];
  readonly change: (values: readonly string[]) => void;
}

/** Several values in one field: Enter or a comma takes one in, Backspace in an empty field takes the last one out. */
export function TokenField({ values, change, suggestions = [], ...frame }: TokenFieldProps): ReactElement {
  const listId = `${frame.id}-suggestions`;
  return (
    <FieldFrame {...frame}>
      {(attributes) => (
        <div className="tokens">
          {values.map((value) => (
            <Token key={value} value={value} remove={() => change(values.filter((one) => one !== value))} />
          ))}
          <TokenInput attributes={attributes} listId={listId} values={values} change={change} />
          <datalist id={listId}>
            {suggestions
              .filter((value) => !values.includes(value))
              .map((value) => (
                <option key={value} value={value} />
              ))}
          </datalist>
        </div>
      )}
    </FieldFrame>
  );
}

interface TokenProps {
  readonly value: string;
  readonly remove: () => void;
}

function Token({ value, remove }: TokenProps): ReactElement {
  return (
    <span className="token">
      {value}
      <button type="button" aria-label={`Remove ${value}`} onClick={remove}>
        <CrossIcon />
      </button>
    </span>
  );
}

interface TokenInputProps extends Pick<TokenFieldProps, "values" | "change"> {
  readonly attributes: InputAttributes;
  readonly listId: string;
}

function TokenInput({ attributes, listId, values, change }: TokenInputProps): ReactElement {
  const [typed, setTyped] = useState("");
  const take = (text: string): void => {
    const given = text.split(/[,;\n]/).map((part) => part.trim());
    const fresh = given.filter((value, i) => value !== "" && !values.includes(value) && given.indexOf(value) === i);
    if (fresh.length > 0) change([...values, ...fresh]);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault(); // a second Enter sends the form
      take(typed);
    }
    if (event.key === "Backspace" && typed === "") change(values.slice(0, -1));
  };
  return (
    <input
      {...attributes}
      type="text"
      autoComplete="off"
      list={listId}
      value={typed}
      onChange={({ target }) => (/[,;]/.test(target.value) ? take(target.value) : setTyped(target.value))}
      onKeyDown={onKeyDown}
      onBlur={() => take(typed)}
    />
  );
}
