/**
 * A document as the exchange gives it to people, to read on a screen or on paper: a communique, a yearly analysis. What it
 * says is said once; `html.ts` and `pdf.ts` only set it.
 */
export interface Document {
  /** BCP 47; decides the direction of the text too. */
  readonly language: string;
  readonly title: string;
  /** Marking and originator, on every page: it travels with what it is about. */
  readonly marking: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** Set apart: a caveat, a limit. */
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly table: Table }
  | Figure;

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** As many cells as there are columns; the first names the row. */
  readonly rows: readonly (readonly string[])[];
}

export interface Column {
  readonly title: string;
  /** Figures stand at the end of their cell, below each other. */
  readonly numeric?: boolean;
}

/** A drawing, what it shows in words, and the same as a table for whoever does not see it. */
export interface Figure {
  readonly kind: "figure";
  readonly svg: string;
  readonly alt: string;
  readonly table: Table;
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "ps", "ur"]);

export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}
