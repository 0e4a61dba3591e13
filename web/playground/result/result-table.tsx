import { type Cell, tell } from "./cell";
import { download } from "./download";
import type { Table } from "./find-tables";

const MOST_ROWS = 500;

const heading = (key: string) => {
  const words = key.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function Figure({ cell }: { cell: Cell | undefined }) {
  const { kind, text, mark, title } = tell(cell);
  return (
    <td className={`accord-cell accord-${kind}`} title={title}>
      <span aria-hidden={text === "–"}>{text}</span>
      {text === "–" && <span className="accord-unseen">{title}</span>}
      {mark && <small> {mark}</small>}
    </td>
  );
}

export function ResultTable({ table }: { table: Table }) {
  const dimensions = table.dimensions.filter((dimension) => !table.common.includes(dimension));
  const units = [...new Set(table.rows.map((row) => row.unit || "unit not stated"))];
  const [first] = dimensions;
  const notes = table.rows
    .filter((row) => row.note)
    .map((row) => `${first ? row.labels[first] : ""}: ${row.note}`);
  const about = [
    heading(table.title),
    ...table.common.map((dimension) => table.rows[0]?.labels[dimension]),
    ...(units.length === 1 ? units : []),
    `${table.rows.length} × ${table.periods.length} figures`,
  ];
  return (
    <section className="accord-scroll" aria-label={`${table.title}, table`}>
      <table>
        <caption>
          {about.join(" · ")}{" "}
          <button type="button" onClick={() => download(table)}>
            Download CSV
          </button>
          {table.rows.length > MOST_ROWS && ` The first ${MOST_ROWS} are shown; the file has all.`}
        </caption>
        <thead>
          <tr>
            {dimensions.map((dimension) => (
              <th scope="col" key={dimension}>
                {heading(dimension)}
              </th>
            ))}
            {units.length > 1 && <th scope="col">Unit</th>}
            {table.periods.map((period) => (
              <th scope="col" key={period} className="accord-figure">
                {period}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, MOST_ROWS).map((row) => (
            <tr key={[...Object.values(row.labels), row.unit].join("|")}>
              {dimensions.map((dimension) => (
                <th scope="row" key={dimension}>
                  {row.labels[dimension] || "not broken down"}
                </th>
              ))}
              {units.length > 1 && <td>{row.unit || "not stated"}</td>}
              {table.periods.map((period) => (
                <Figure key={period} cell={row.cells.get(period)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="accord-notes" hidden={notes.length === 0}>
        {[...new Set(notes)].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
