import type { Table } from "./find-tables";

const FORMULA = /^[=+\-@\t\r]/;
const WITHOUT_FIGURE = new Set([
  "WITHHELD",
  "SUPPRESSED",
  "EMBARGOED",
  "NOT_REPORTED",
  "NOT_APPLICABLE",
]);

/** Text as a field of a CSV file. A spreadsheet would run what begins like a formula: an apostrophe keeps it text. */
function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, one series a line; each period has its figure and, beside it, its status. No figure is an empty field. */
export function toCsv(table: Table): string {
  const head = [
    ...table.dimensions,
    "unit",
    ...table.periods.flatMap((period) => [period, `${period} status`]),
    "note",
  ];
  const lines = table.rows.map((row) => {
    const figures = table.periods.flatMap((period) => {
      const cell = row.cells.get(period);
      const figure = cell && !WITHOUT_FIGURE.has(cell.status ?? "") ? cell.value : null;
      return [figure === null ? "" : String(figure), field(cell?.status ?? "")];
    });
    const labels = table.dimensions.map((dimension) => field(row.labels[dimension] ?? ""));
    return [...labels, field(row.unit), ...figures, field(row.note)];
  });
  return `${[head.map(field), ...lines].map((line) => line.join(",")).join("\r\n")}\r\n`;
}
