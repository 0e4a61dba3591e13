import { toCsv } from "./csv";
import type { Table } from "./find-tables";

export function download(table: Table): void {
  const span = [table.periods.at(0), table.periods.at(-1)].join("_");
  const name = `accord-${table.title}-${span}.csv`.replace(/[^\w.-]+/g, "-");
  // The mark in front tells spreadsheets that this is UTF-8.
  const url = URL.createObjectURL(
    new Blob(["\uFEFF", toCsv(table)], { type: "text/csv;charset=utf-8" }),
  );
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
