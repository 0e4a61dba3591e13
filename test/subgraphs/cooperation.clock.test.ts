/** The clock of a request: pure, so that time is moved by writing it down. */
import { readClock } from "../../subgraphs/cooperation/requests/clock.rules";
import type { ClockEvent } from "../../subgraphs/cooperation/requests/transition.rules";

const HOUR = 3_600_000;
const step = (at: string, clock: ClockEvent | null, expectedUntil: string | null = null) => ({
  at: new Date(at),
  clock,
  expectedUntil: expectedUntil === null ? null : new Date(expectedUntil),
});
const START = step("2026-11-02T10:00:00Z", "START");
const at = (text: string) => new Date(text);

test("before receipt there is none", () => {
  const reading = readClock([step("2026-11-01T10:00:00Z", null)], 8, at("2026-11-09T10:00:00Z"));
  expect(reading).toEqual({
    startedAt: null,
    endedAt: null,
    running: false,
    used: 0,
    dueAt: null,
    attention: "NONE",
    onTime: null,
  });
});

test.each([
  [8, "2026-11-02T18:00:00.000Z"],
  [72, "2026-11-05T10:00:00.000Z"],
  [168, "2026-11-09T10:00:00.000Z"],
])("%d hours from receipt, by the calendar and over the weekend", (hours, due) => {
  expect(readClock([START], hours, at("2026-11-02T10:00:01Z")).dueAt?.toISOString()).toBe(due);
});

test("other kinds than information requests have no limit, and still a clock", () => {
  const reading = readClock([START], null, at("2027-11-02T10:00:00Z"));
  expect(reading).toMatchObject({
    running: true,
    used: 8760 * HOUR,
    dueAt: null,
    attention: "NONE",
    onTime: null,
  });
});

test.each([
  ["2026-11-02T15:59:59.999Z", "NONE"],
  ["2026-11-02T16:00:00.001Z", "DUE_SOON"],
  ["2026-11-02T18:00:00.000Z", "DUE_SOON"],
  ["2026-11-02T18:00:00.001Z", "OVERDUE"],
])("of 8 hours, at %s it is %s", (now, attention) => {
  expect(readClock([START], 8, at(now)).attention).toBe(attention);
});

describe("a clarification", () => {
  const asked = step("2026-11-02T13:00:00Z", "STOP");
  const clarified = step("2026-11-20T08:00:00Z", "RESUME");
  test("stops it: nothing is due, and nothing overdue, however long", () => {
    const reading = readClock([START, asked], 8, at("2026-12-24T00:00:00Z"));
    expect(reading).toMatchObject({
      running: false,
      used: 3 * HOUR,
      dueAt: null,
      attention: "NONE",
    });
  });

  test("and what was left is left when it goes on", () => {
    const reading = readClock([START, asked, clarified], 8, at("2026-11-20T09:00:00Z"));
    expect(reading).toMatchObject({
      running: true,
      used: 4 * HOUR,
      dueAt: at("2026-11-20T13:00:00Z"),
    });
  });

  test("twice as once", () => {
    const again = [
      step("2026-11-20T10:00:00Z", "STOP"),
      step("2026-11-21T00:00:00Z", "RESUME"),
    ] as const;
    const reading = readClock([START, asked, clarified, ...again], 8, at("2026-11-21T00:00:00Z"));
    expect(reading).toMatchObject({ used: 5 * HOUR, dueAt: at("2026-11-21T03:00:00Z") });
  });
});

describe("a delay notice", () => {
  const notice = step("2026-11-02T12:00:00Z", null, "2026-11-10T12:00:00Z");
  test("moves what is due to what it announces, and the clock runs on", () => {
    const reading = readClock([START, notice], 8, at("2026-11-03T10:00:00Z"));
    expect(reading).toMatchObject({
      running: true,
      used: 24 * HOUR,
      dueAt: at("2026-11-10T12:00:00Z"),
    });
    expect(reading.attention).toBe("NONE");
  });

  test("never brings it forward", () => {
    const early = step("2026-11-02T12:00:00Z", null, "2026-11-02T13:00:00Z");
    expect(readClock([START, early], 8, at("2026-11-02T12:00:01Z")).dueAt).toEqual(
      at("2026-11-02T18:00:00Z"),
    );
  });

  test("an answer within it is on time, one after it is not", () => {
    const ended = (when: string) =>
      readClock([START, notice, step(when, "END")], 8, at("2026-12-01T00:00:00Z")).onTime;
    expect(ended("2026-11-10T12:00:00Z")).toBe(true);
    expect(ended("2026-11-10T12:00:00.001Z")).toBe(false);
  });
});

test("the last word ends it, on time or not", () => {
  const end = (when: string) =>
    readClock([START, step(when, "END")], 8, at("2026-12-01T00:00:00Z"));
  expect(end("2026-11-02T18:00:00Z")).toMatchObject({
    running: false,
    used: 8 * HOUR,
    dueAt: null,
    onTime: true,
  });
  expect(end("2026-11-02T18:00:00.001Z")).toMatchObject({ attention: "NONE", onTime: false });
});

describe("no calendar makes it longer or shorter: instants are points of one line", () => {
  test.each([
    ["when clocks go forward in Europe", "2027-03-27T22:00:00Z", "2027-03-28T06:00:00.000Z"],
    ["when they go back", "2026-10-24T22:00:00Z", "2026-10-25T06:00:00.000Z"],
    ["over the 29th of February", "2028-02-28T20:00:00Z", "2028-02-29T04:00:00.000Z"],
    ["where there is none", "2027-02-28T20:00:00Z", "2027-03-01T04:00:00.000Z"],
    ["over New Year", "2026-12-31T20:00:00Z", "2027-01-01T04:00:00.000Z"],
  ])("%s", (_name, received, due) => {
    const before = process.env.TZ;
    for (const zone of ["UTC", "Europe/Vienna", "Asia/Tehran", "America/New_York"]) {
      process.env.TZ = zone;
      expect([
        zone,
        readClock([step(received, "START")], 8, at(received)).dueAt?.toISOString(),
      ]).toEqual([zone, due]);
    }
    process.env.TZ = before;
  });
});
