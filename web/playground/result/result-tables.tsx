import { useGraphiQL } from "@graphiql/react";
import { useMemo, useState } from "react";
import { findTables } from "./find-tables";
import { ResultTable } from "./result-table";

/** Below GraphiQL's answer: the same figures as tables, when there are any. */
export function ResultTables() {
  const answer = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response ?? "");
  const tables = useMemo(() => findTables(answer), [answer]);
  const [open, setOpen] = useState(true);
  if (tables.length === 0) return null;
  return (
    <section
      className={open ? "accord-result accord-result-open" : "accord-result"}
      aria-label="Result as a table"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls="accord-tables"
        onClick={() => setOpen(!open)}
      >
        {open ? "Hide the table" : "Show the table"}
      </button>
      <div id="accord-tables" hidden={!open}>
        {tables.map((table, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tables of one answer may bear the same title
          <ResultTable key={`${index} ${table.title}`} table={table} />
        ))}
        <ul className="accord-legend">
          <li>
            <span className="accord-cell accord-withheld">withheld</span> not shared with you
          </li>
          <li>
            <span className="accord-cell accord-suppressed">suppressed</span> hidden to protect
            persons
          </li>
          <li>
            <span className="accord-cell">–</span> not reported
          </li>
          <li>A figure without a mark is as reported.</li>
        </ul>
      </div>
    </section>
  );
}
