import type { Kind, Simple } from "./elements";

type Leaf = Exclude<Kind, readonly object[]>;

/** A value as its type of XML Schema takes it: white space around a number, a time, a language or an address means nothing. */
export function simpleText(kind: Leaf, written: string): string {
  const text = written.replace(/\r\n?/g, "\n");
  return kind === "text" || Array.isArray(kind) ? text : text.replace(/[\t\n ]+/g, " ").trim();
}

/** What is wrong with it; null where nothing. */
export function simpleFault(kind: Leaf, text: string): string | null {
  if (typeof kind !== "string")
    return kind.includes(text) ? null : `is "${text.slice(0, 40)}", none of ${kind.join(", ")}.`;
  return FAULTS[kind](text);
}

const FAULTS: Record<Simple, (text: string) => string | null> = {
  text: () => null,
  address: () => null,
  time: timeFault,
  number: (text) => (/^[-+]?\d{1,15}$/.test(text) ? null : "is no whole number."),
  decimal: (text) =>
    /^[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/.test(text) ? null : "is no decimal number.",
  language: (text) =>
    /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/.test(text) ? null : "is no language tag.",
};

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)[-+](\d\d):(\d\d)$/;
const FORM = "is not a CAP time such as 2026-12-31T00:00:00-00:00 (no `Z`, no milliseconds).";

/** A day of the calendar, a time of the day, and an offset of at most fourteen hours. */
function timeFault(text: string): string | null {
  const match = TIME.exec(text);
  if (!match) return FORM;
  const [year, month, day, hour, minute, second, hours, minutes] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (
    month < 1 ||
    month > 12 ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    day < 1
  )
    return `is "${text}", and there is no such day.`;
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59)
    return `is "${text}", and there is no such time of day.`;
  if (minutes > 59 || hours * 60 + minutes > 14 * 60)
    return `is "${text}", and no offset from UTC is larger than 14:00.`;
  return year < 1900 || year > 2200
    ? `is "${text}", which lies outside the years 1900 to 2200.`
    : null;
}
