import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

/** The demo's files, as text, rows or JSON. */
export type Row = Record<string, string>;

export function file(name: string): string {
  return readFileSync(join(__dirname, "data", name), "utf8");
}

export function csv(name: string): Row[] {
  return parse(file(name), { columns: true });
}

export const list = (text: string | undefined): string[] => (text ? text.split(" ") : []);
