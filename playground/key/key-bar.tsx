import { useState, type ReactElement } from "react";
import { KEY_PATTERN, pageKey, type KeyState } from "./page-key";
import { useKeyState } from "./use-key-state";

/** Above the editors: asks for a key once the server has answered 401, and says that one is in use. Else it is not there. */
export function KeyBar(): ReactElement | null {
  const state = useKeyState();
  switch (state) {
    case "not-asked":
      return null;
    case "needed":
    case "refused":
      return <KeyForm state={state} />;
    case "in-use":
      return (
        <section className="key-bar" aria-label="Key">
          <p role="status">
            Every request is sent with your key. It is kept until this page is closed or loaded again.
          </p>
          <button type="button" onClick={() => pageKey.use("")}>
            Forget the key
          </button>
        </section>
      );
    default:
      return state satisfies never;
  }
}

const WORDS: Readonly<Record<Exclude<KeyState, "not-asked" | "in-use">, string>> = {
  needed: "This server needs a key: every request without one is answered 401.",
  refused: "The server refused this key (401): it is wrong, or has expired.",
};

interface KeyFormProps {
  readonly state: keyof typeof WORDS;
}

/** A text field, masked by its style: browsers offer to keep what is typed into fields of the type password. */
function KeyForm({ state }: KeyFormProps): ReactElement {
  const [text, setText] = useState("");
  return (
    <form
      className="key-bar"
      aria-label="Key"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        pageKey.use(text);
      }}
    >
      <p role="alert">{WORDS[state]}</p>
      <label>
        API key or token{" "}
        <input
          type="text"
          className="masked"
          required
          pattern={` *${KEY_PATTERN} *`}
          title="The key without spaces, and without the word Bearer"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <button type="submit">Use this key</button>
    </form>
  );
}
