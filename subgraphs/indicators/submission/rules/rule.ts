import type { Period } from "../../../../shared/period";
import type { Origin, SubmittedFigure } from "../figure";
import type { Severity } from "../issue";

/** A rule says what is wrong where, and how to mend it. Pure: what it has to know is handed to it. */
export interface Rule {
  /** As issues name it, and docs/validation-rules.md. */
  readonly name: string;
  readonly severity: Severity;
  /** For people: what it looks for, and why. */
  readonly says: string;
  /** What provokes it. */
  readonly example: string;
  /** Asked of each figure as it streams by. */
  readonly ofFigure?: (figure: SubmittedFigure, context: RuleContext) => readonly Finding[];
  /** Asked of each report when all of its figures are there. */
  readonly ofReport?: (report: SubmittedReport, context: RuleContext) => readonly Finding[];
  /** Sees every figure and speaks at the end. */
  readonly ofAll?: () => Observer;
}

export interface Observer {
  see(figure: SubmittedFigure): void;
  end(): readonly Finding[];
}

export interface Finding {
  readonly message: string;
  /** Worked out only where the finding is kept: looking for what was meant takes longer than finding that it is wrong. */
  readonly remedy: string | (() => string);
  readonly origin: Origin;
}

/** The figures of one indicator, period and reporter, in the order in which they came; never empty. */
export interface SubmittedReport {
  readonly indicator: string;
  readonly period: string;
  readonly reporter: string;
  readonly figures: readonly SubmittedFigure[];
}

/** What is known of an indicator: the tables it may be reported in, and what each of them counts. */
export interface KnownIndicator {
  readonly code: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly cubes: readonly { readonly dimensions: readonly string[]; readonly unit: string }[];
}

/** Name by code. `_T` may be among them: rules know that a total is no part. */
export type Codes = ReadonlyMap<string, string>;

/** What the rules have to know besides the figures. */
export interface RuleContext {
  readonly catalogue: readonly KnownIndicator[];
  /** Code lists of the dimensions that are not areas. */
  readonly codes: ReadonlyMap<string, Codes>;
  /** Countries, and what stands in the place of one: citizenships, countries of issuance, reporters. */
  readonly areas: Codes;
  /** The country that submits. */
  readonly partner: string;
  /** `2026-11-24`, in UTC. */
  readonly today: string;
  isClosed(period: Period): boolean;
  /** Values of the same cell in the same quarter (or year) of past years; empty where there are none. */
  history(
    indicator: string,
    period: string,
    dimensions: readonly string[],
    key: readonly string[],
  ): readonly number[];
  /** What the source rounds its figures to: 1 where they are exact, 5 for Eurostat's. */
  readonly rounding: number;
}
