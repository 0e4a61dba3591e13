import type { ClockEvent } from "./transition.rules";

/**
 * The clock of a request, from what happened and from nothing else. It runs from receipt, stands still while a clarification
 * is waited for, and ends with the last word. Limits are calendar time: hours of the one time line that instants are points
 * of, so neither a daylight change nor a leap day nor a weekend makes one longer or shorter anywhere.
 */
export interface ClockStep {
  readonly at: Date;
  readonly clock: ClockEvent | null;
  /** Of a delay notice (Art. 5(2)): until when an answer is to be expected instead. */
  readonly expectedUntil: Date | null;
}

export interface ClockReading {
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly running: boolean;
  /** Milliseconds for which it has run. */
  readonly used: number;
  /** Null where there is no limit, before receipt, while it stands still and after the end. */
  readonly dueAt: Date | null;
  readonly attention: Attention;
  /** Whether it ended within its limit, or within what a delay notice announced; null while it has not, or without a limit. */
  readonly onTime: boolean | null;
}

export const ATTENTION = ["NONE", "DUE_SOON", "OVERDUE"] as const;
export type Attention = (typeof ATTENTION)[number];

const HOUR = 3_600_000;
/** With less than this part of the limit left it is due soon: time to ask, before it is time to complain. */
const SOON = 0.25;

/**
 * @param steps in the order in which they happened
 * @param limitHours the service level; null where the kind of request has none
 */
export function readClock(
  steps: readonly ClockStep[],
  limitHours: number | null,
  now: Date,
): ClockReading {
  const { startedAt, endedAt, since, used: before, extended } = run(steps);
  const running = since !== null;
  const used = before + (running ? now.getTime() - since.getTime() : 0);
  if (limitHours === null || startedAt === null) {
    return { startedAt, endedAt, running, used, dueAt: null, attention: "NONE", onTime: null };
  }
  const limit = limitHours * HOUR;
  if (!running) {
    const onTime = endedAt && (used <= limit || (extended !== null && endedAt <= extended));
    return { startedAt, endedAt, running, used, dueAt: null, attention: "NONE", onTime };
  }
  const dueAt = later(new Date(since.getTime() + limit - before), extended);
  const left = dueAt.getTime() - now.getTime();
  const attention = left < 0 ? "OVERDUE" : left < limit * SOON ? "DUE_SOON" : "NONE";
  return { startedAt, endedAt, running, used, dueAt, attention, onTime: null };
}

function run(steps: readonly ClockStep[]) {
  let startedAt: Date | null = null;
  let endedAt: Date | null = null;
  let since: Date | null = null;
  let extended: Date | null = null;
  let used = 0;
  for (const { at, clock, expectedUntil } of steps) {
    if (expectedUntil !== null) extended = later(expectedUntil, extended);
    if (clock === null) continue;
    if (since !== null) used += at.getTime() - since.getTime();
    since = clock === "START" || clock === "RESUME" ? at : null;
    if (clock === "START") startedAt = at;
    if (clock === "END") endedAt = at;
  }
  return { startedAt, endedAt, since, used, extended };
}

function later(one: Date, other: Date | null): Date {
  return other !== null && other > one ? other : one;
}
