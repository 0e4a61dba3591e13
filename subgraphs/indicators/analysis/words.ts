import { ValueStatus } from "../series/series.type";
import type { CoverageState } from "./coverage.type";

/** How the document writes what the API says. */

const number = new Intl.NumberFormat("en-GB");
const percent = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat("en-GB", {
  signDisplay: "exceptZero",
  maximumFractionDigits: 1,
});
const decimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

const WITHOUT_VALUE: Readonly<Partial<Record<ValueStatus, string>>> = {
  [ValueStatus.WITHHELD]: "withheld",
  [ValueStatus.EMBARGOED]: "not yet",
  [ValueStatus.SUPPRESSED]: "suppressed",
  [ValueStatus.NOT_REPORTED]: "not reported",
  [ValueStatus.NOT_APPLICABLE]: "not applicable",
};

const REMARKS: Readonly<Partial<Record<ValueStatus, string>>> = {
  [ValueStatus.ESTIMATED]: " (e)",
  [ValueStatus.PROVISIONAL]: " (p)",
  [ValueStatus.BREAK]: " (b)",
  [ValueStatus.DEFINITION_DIFFERS]: " (d)",
};

/** The figure with its remark, or why there is none: never a blank, and never a zero for what is not there. */
export function figure(value: number | null, status: ValueStatus): string {
  if (value === null) return missing(status);
  return number.format(value) + (REMARKS[status] ?? "");
}

export const remark = (status: ValueStatus | null): string =>
  status === null ? "" : (REMARKS[status] ?? "");

export function missing(status: ValueStatus): string {
  return WITHOUT_VALUE[status] ?? "not shown";
}

const NONE = "–";
export const count = (value: number | null): string =>
  value === null ? NONE : number.format(value);
export const share = (value: number | null): string =>
  value === null ? NONE : percent.format(value);
export const difference = (value: number | null): string =>
  value === null ? NONE : signed.format(value);
export const change = (value: number | null): string =>
  value === null ? NONE : `${signed.format(value)} %`;
export const mean = (value: number | null): string =>
  value === null ? NONE : decimal.format(value);
export const day = (instant: Date | null): string =>
  instant === null ? NONE : instant.toISOString().slice(0, 10);

/** When and by whom the figures of a row were published: no table is without it. */
export const released = (vintage: Date | null, before: Date | null, year: number): string =>
  before === null ? day(vintage) : `${day(vintage)}; ${year - 1}: ${day(before)}`;
export const publishers = (sources: readonly { publisher: string }[]): string =>
  [...new Set(sources.map(({ publisher }) => publisher))].join(", ") || NONE;

export const COVERAGE: Readonly<Record<CoverageState, string>> = {
  REPORTED: "reported",
  PROVISIONAL: "provisional",
  LATE: "late",
  COVERED: "in the year / quarters",
  MISSING: "missing",
  NOT_DUE: "not due",
};
