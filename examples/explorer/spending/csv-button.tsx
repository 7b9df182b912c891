import { useApolloClient } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { issuesOf } from "../client/failure";
import { csvOf } from "./csv";
import { SpendingRowsQuery } from "./spending.query";

const COLUMNS = ["day", "provider", "operation", "client", "user", "calls", "credits", "unsettled"] as const;

interface CsvButtonProps {
  /** ISO 8601. */
  readonly since: string;
  /** The first and the last day in it, for the name of the file. */
  readonly days: string;
}

/** Saves what was spent as a file for spreadsheets. It is read only then: it is divided by everything at once. */
export function CsvButton({ since, days }: CsvButtonProps): ReactElement {
  const client = useApolloClient();
  const [told, setTold] = useState("");
  const save = async (): Promise<void> => {
    const query = { query: SpendingRowsQuery, variables: { since }, fetchPolicy: "no-cache" } as const;
    await client.query(query).then(
      ({ data }) => {
        saveFile(`spending-${days}.csv`, csvOf(COLUMNS, data?.spending ?? []));
        setTold("The CSV was saved.");
      },
      (error: unknown) => setTold(issuesOf(error)[0].message),
    );
  };
  return (
    <>
      <button type="button" className="button small" onClick={() => void save()}>
        Download CSV
      </button>
      <span role="status" className="quiet">
        {told}
      </span>
    </>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
