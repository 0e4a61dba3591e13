const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Hours from UTC of the zones that RFC 822 names; a single letter is read as UTC, as RFC 2822 says. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  gmt: 0,
  utc: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const SYNTAX =
  /^(?:([a-z]{3})\s*,\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{4}|\d{2})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(?:([+-])(\d{2})(\d{2})|([a-z]{1,3}))$/i;

/** The instant of a date of RFC 822, with years of four digits as RSS 2.0 has them, or of two; null where it is none. */
export function parseRfc822(text: string): Date | null {
  const match = text.length > 200 ? null : SYNTAX.exec(withoutComments(text).trim());
  if (!match) return null;
  const [
    ,
    weekday,
    day,
    monthName,
    yearText,
    hour,
    minute,
    second = "00",
    sign,
    zoneHours,
    zoneMinutes,
    zone,
  ] = match;
  const month = MONTHS.indexOf((monthName as string).toLowerCase());
  const year = fullYear(yearText as string);
  const local = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(local);
  const isReal = month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === Number(day);
  if (!isReal || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (weekday !== undefined && DAYS.indexOf(weekday.toLowerCase()) !== date.getUTCDay())
    return null;
  const offset =
    sign === undefined ? namedOffset(zone as string) : numericOffset(sign, zoneHours, zoneMinutes);
  return offset === null ? null : new Date(local - offset * 60_000);
}

/** RFC 822 takes comments in parentheses, one in another too, wherever it takes white space. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "\\" && depth > 0) at++;
    else if (character === "(") depth++;
    else if (character === ")" && depth > 0) {
      depth--;
      kept += " ";
    } else if (depth === 0) kept += character;
  }
  return depth === 0 ? kept : text;
}

/** By RFC 2822: 00 to 49 are of this century. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function namedOffset(zone: string): number | null {
  const name = zone.toLowerCase();
  if (Object.hasOwn(ZONES, name)) return (ZONES[name] as number) * 60;
  return /^[a-ik-z]$/.test(name) ? 0 : null;
}

function numericOffset(
  sign: string,
  hours: string | undefined,
  minutes: string | undefined,
): number | null {
  const total = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || total > 14 * 60) return null;
  return sign === "-" ? -total : total;
}
