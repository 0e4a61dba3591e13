import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const FOLDER = join(__dirname, "..", "names");

/** From what a country is called, in any of twenty languages or in a publisher's own spelling, to its code. */
export type Names = ReadonlyMap<string, string>;

/** ISO 3166-1 names as i18n-iso-countries has them (MIT), and the spellings that published files use besides. */
export function loadNames(): Names {
  const names = new Map<string, string>();
  const rows: Record<string, string>[] = parse(
    readFileSync(join(FOLDER, "countries.csv"), "utf8"),
    { columns: true },
  );
  for (const { code = "", ...spellings } of rows) {
    for (const spelling of Object.values(spellings)) names.set(nameKey(spelling), code);
    names.set(nameKey(code), code);
  }
  const synonyms: Record<string, string[]> = JSON.parse(
    readFileSync(join(FOLDER, "synonyms.json"), "utf8"),
  );
  for (const [code, spellings] of Object.entries(synonyms)) {
    for (const spelling of [code, ...spellings]) names.set(nameKey(spelling), code);
  }
  return names;
}

/** Case, blanks, accents' encoding and footnote digits do not make another name. */
export function nameKey(name: string): string {
  return name
    .normalize("NFC")
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/\(\d+\)$/, "")
    .trim()
    .toLowerCase();
}
