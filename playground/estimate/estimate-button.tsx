import { ToolbarButton, useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { useEffect, useEffectEvent, type ReactElement } from "react";
import type { PlaygroundFetcher } from "../fetcher";

interface EstimateButtonProps {
  readonly estimate: PlaygroundFetcher["estimate"];
}

/** Has the operation estimated that Run would run. The answer is shown where that of Run would be. */
export function EstimateButton({ estimate }: EstimateButtonProps): ReactElement {
  const actions = useGraphiQLActions();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const chooseOperation = useChooseOperation();
  const press = (): void => {
    if (isFetching) return;
    chooseOperation();
    estimate(() => actions.run());
  };
  useShortcut(press);
  return (
    <ToolbarButton label="Estimate the cost (Shift-Ctrl-Enter)" onClick={press}>
      <EstimateIcon />
    </ToolbarButton>
  );
}

/** Of several operations in the document, the one in which the cursor is: the shortcut of Run takes it too. */
function useChooseOperation(): () => void {
  const actions = useGraphiQLActions();
  const operations = useGraphiQL((state) => state.operations);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  return () => {
    const position = queryEditor?.getPosition();
    const cursor = position && queryEditor?.getModel()?.getOffsetAt(position);
    if (cursor == null) return;
    const name = operations?.find(({ loc }) => loc && loc.start <= cursor && cursor <= loc.end)?.name?.value;
    if (name !== undefined) actions.setOperationName(name);
  };
}

/** Beside the one of Run, in all three editors. */
function useShortcut(press: () => void): void {
  const monaco = useMonaco((state) => state.monaco);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const pressNow = useEffectEvent(press);
  useEffect(() => {
    if (!monaco) return undefined;
    const action = {
      id: "tributary-estimate",
      label: "Estimate Operation",
      contextMenuGroupId: "graphql",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter],
      run: () => pressNow(),
    };
    const added = [queryEditor, variableEditor, headerEditor].map((editor) => editor?.addAction(action));
    return () => added.forEach((one) => one?.dispose());
  }, [monaco, queryEditor, variableEditor, headerEditor]);
}

function EstimateIcon(): ReactElement {
  return (
    <svg
      className="graphiql-toolbar-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <ellipse cx="12" cy="6" rx="8" ry="3" />
      <path d="M4 6v6c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12v6c0 1.7 3.6 3 8 3s8-1.3 8-3v-6" />
    </svg>
  );
}
