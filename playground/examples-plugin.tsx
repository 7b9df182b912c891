import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import type { ReactElement } from "react";
import type { Example } from "./examples/example";
import { exampleGroups } from "./examples/examples";

/** A panel beside the documentation that lists the saved examples; each opens in a new tab. */
export const examplesPlugin: GraphiQLPlugin = { title: "Examples", icon: ExamplesIcon, content: ExamplesPanel };

function ExamplesPanel(): ReactElement {
  const open = useOpenExample();
  return (
    <section aria-label="Examples" className="examples">
      <h2>Examples</h2>
      <p>What the graph can do, to run and to change. Each opens in a new tab.</p>
      {exampleGroups.map(({ capability, examples }) => (
        <section key={capability} aria-label={capability}>
          <h3>{capability}</h3>
          <ul>
            {examples.map((example) => (
              <li key={example.title}>
                <button type="button" onClick={() => open(example)}>
                  <strong>{example.title}</strong>
                  <span>{example.summary}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** GraphiQL only adds empty tabs: the editors are filled once the new tab is theirs. */
function useOpenExample(): (example: Example) => void {
  const actions = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);

  return ({ query, variables, headers }) => {
    actions.addTab();
    actions.updateActiveTabValues({ query, variables, ...(headers === undefined ? {} : { headers }) });
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    if (headers !== undefined) headerEditor?.setValue(headers);
    queryEditor?.focus();
  };
}

function ExamplesIcon(): ReactElement {
  return (
    <svg
      height="1em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2Zm0 0v14" />
    </svg>
  );
}
