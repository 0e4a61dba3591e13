import type { SeriesData } from "../series/series.rules";

/**
 * What a signal is called: the series, the quarter, and the version of the report that it was seen in, since what was said of
 * one version is not said of the next. Told to nobody who is not shown the signal; knowing how to write one opens nothing.
 */
export interface SignalKey {
  indicator: string;
  period: string;
  reporter: string;
  /** Null for the total. */
  citizenship: string | null;
  /** 0 where nothing was reported. */
  version: number;
}

const TOTAL = "_T";
const SYNTAX = /^([A-Z]{2,10})-((?:19[5-9]|20\d)\d-Q[1-4])-([A-Z]{3})-([A-Z_]{2,5})-(\d{1,6})$/;

export function signalId({ indicator, period, reporter, citizenship, version }: SignalKey): string {
  return [indicator, period, reporter, citizenship ?? TOTAL, version].join("-");
}

export function parseSignalId(id: string): SignalKey | null {
  const [, indicator, period, reporter, citizenship, version] = SYNTAX.exec(id) ?? [];
  if (!indicator || !period || !reporter) return null;
  return {
    indicator,
    period,
    reporter,
    version: Number(version),
    citizenship: citizenship === TOTAL ? null : (citizenship ?? null),
  };
}

/** Null for the total. */
export function citizenshipOf({ key }: SeriesData): string | null {
  return key?.get("CITIZENSHIP") ?? null;
}
