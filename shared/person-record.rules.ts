/**
 * No case-level personal data: what partners write here speaks of routes, methods and numbers, never of a person. Free text
 * that looks like a person's record is refused before it is stored anywhere. It looks for what such records are made of, in
 * the digits of all our partners; it errs on the side of refusing, since its author can say the same without the record.
 */
export type PersonalFinding = "DOCUMENT_NUMBER" | "DATE_OF_BIRTH" | "MACHINE_READABLE_ZONE";

export const PERSONAL_REMEDY: Readonly<Record<PersonalFinding, string>> = {
  DOCUMENT_NUMBER:
    "looks like the number of a person's document. Leave it out: persons are asked for by the channels of a case, not here.",
  DATE_OF_BIRTH:
    "looks like a person's name or birth with a date. Leave it out: persons are asked for by the channels of a case, not here.",
  MACHINE_READABLE_ZONE: "looks like the machine-readable lines of a document. Leave them out.",
};

/** What a text seems to hold of a person; null where nothing. */
export function personalFinding(text: string): PersonalFinding | null {
  const plain = withLatinDigits(text);
  if (MRZ.test(plain)) return "MACHINE_READABLE_ZONE";
  if (BIRTH.test(plain) || holdsNameWithBirthDate(plain)) return "DATE_OF_BIRTH";
  return holdsNamedNumber(plain) || holdsBareNumber(plain) ? "DOCUMENT_NUMBER" : null;
}

/**
 * The same for a code and the name of its list, such as a geocode. Codes are numbers that stand alone, so there only what is
 * called a document's is taken for one.
 */
export function personalFindingInCode(list: string, code: string): PersonalFinding | null {
  if (!/^[\w.:-]{1,60}$/.test(code)) return personalFinding(`${list} ${code}`);
  const plain = withLatinDigits(`${list} ${code}`);
  if (MRZ.test(plain)) return "MACHINE_READABLE_ZONE";
  return holdsNamedNumber(plain) ? "DOCUMENT_NUMBER" : null;
}

/** Numbers that look like a document's and are called something else: ships, amounts, telephones, treaties. */
const CURRENCY =
  "(?:AFN|BDT|EUR|GBP|HUF|IQD|IRR|PKR|TRY|USD|RSD|BGN|MKD|AZN|CHF|Rs\\.?|Tk\\.?|€|\\$|£|₺|₨|৳|forints?|euros?|dollars?|lira|rupees?|taka|rials?|afghanis?)";
const HARMLESS = [
  /(?<![\p{L}\d])IMO[ :.#-]{0,2}(?:no|nr|number)?[ :.#-]{0,2}\d{7}(?!\d)/giu,
  /(?<![\p{L}\d])(?:MMSI|CETS|ETS|UNTS|CELEX|HS|CN)[ :.#-]{0,2}(?:no|nr|number)?[ :.#-]{0,2}\d{3,12}(?!\d)/giu,
  new RegExp(`(?<![\\p{L}\\d])\\d{4,15}\\s?${CURRENCY}(?![\\p{L}\\d])`, "giu"),
  new RegExp(`(?<![\\p{L}\\d])${CURRENCY}\\s?\\d{4,15}(?!\\d)`, "giu"),
  /(?<![\p{L}\d])(?:\+|00)[1-9](?:[ ()/.-]{0,2}\d){7,14}(?!\d)/gu,
  /(?<![\p{L}\d])(?:tel|phone|telephone|hotline|fax|mobile|call)[ .:]{1,3}(?:[ ()/.-]{0,2}\d){6,13}(?!\d)/giu,
];

function holdsBareNumber(text: string): boolean {
  const rest = HARMLESS.reduce((left, pattern) => left.replace(pattern, " – "), text);
  return NATIONAL_ID.some((pattern) => pattern.test(rest)) || BARE_NUMBER.test(rest);
}

/**
 * Arabic, Persian and Bengali digits as ours, what only looks empty as nothing, and a run of blanks as one of them. The patterns
 * below rely on the last: each repetition in them is bounded, so that the cost grows with the length of the text only.
 */
function withLatinDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .replace(/\s+/g, (blanks) => (blanks.includes("\n") ? "\n" : " "))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\u09e6-\u09ef]/g, (digit) => String(digit.charCodeAt(0) - 0x9e6));
}

const MRZ = /[PIACV][A-Z<][A-Z]{3}[A-Z]{1,39}<<?[A-Z<]{3}|[A-Z0-9<]{9}\d[A-Z]{3}\d{7}[MFX<]\d{7}/;

const DATE =
  "(?:\\d{1,2}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?(?:19|20)?\\d{2}|(?:13|14|19|20)\\d{2}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?\\d{1,2}|\\d{1,2}\\.?\\s\\p{L}{3,10}\\.?,?\\s(?:19|20)\\d{2}|\\p{L}{3,10}\\.?\\s\\d{1,2},?\\s(?:19|20)\\d{2})";

/** "Born" in the languages of our partners, with a date or a year near it. */
const BORN =
  "(?:born|d\\.?o\\.?b\\.?|date of birth|birth ?date|geb(?:oren|\\.)|geburtsdatum|né[e]? le|date de naissance|do[ğg]um|рожд\\p{L}{0,40}|роден\\p{L}{0,40}|rođen\\p{L}{0,40}|született|متولد|تاریخ تولد|تاريخ الميلاد|مواليد|پیدائش|জন্ম\\p{L}{0,40})";
const BIRTH = new RegExp(
  `(?<!\\p{L})${BORN}(?!\\p{L})[^\\n]{0,30}?(?:${DATE}|(?<!\\d)(?:13|19|20)\\d{2}(?!\\d))`,
  "iu",
);

const NAME =
  "\\p{Lu}[\\p{L}'’-]{1,60} ?,?\\s(?:(?:al|el|bin|ibn|van|von|de|ul)[\\s-])?\\p{Lu}[\\p{L}'’-]{1,60}";
const NAMED_DATE = new RegExp(`${NAME}\\s?[,;:(*–-]?\\s?\\(?\\*?\\s?(${DATE})`, "gu");
const YOUNGEST = 5;

/** Two capitalised words and a date: a person's where the year is one to be born in, a meeting's where it is recent. */
function holdsNameWithBirthDate(text: string): boolean {
  return [...text.matchAll(NAMED_DATE)].some(([, date = ""]) => {
    const year = Number(/(?:19|20)\d{2}/.exec(date)?.[0] ?? 0);
    return year >= 1900 && year <= new Date().getUTCFullYear() - YOUNGEST;
  });
}

/** CNIC of Pakistan, Turkish and Iranian numbers, the Iraqi and the Bangladeshi: digits of a fixed length that stand alone. */
const NATIONAL_ID = [
  /(?<!\d)\d{5}-\d{7}-\d(?!\d)/,
  /(?<![\d.,+-])\d{9,13}(?![\d.,]{0,40}\d)/,
  /(?<!\d)\d{3}-\d{6}-\d(?!\d)/,
];

/** Letters and digits run together, as on a passport. */
const BARE_NUMBER = /(?<![\p{L}\d-])[A-Z]{1,3}\s?\d{6,9}(?![\p{L}\d])/u;

const DOCUMENT =
  "(?:passports?|passeports?|reisepass|pasaport|паспорт\\p{L}{0,40}|pasoš|útlevél|جواز|گذرنامه|پاسپورٹ|পাসপোর্ট|id card|identity (?:card|document)|identity no|visa|residence permit|driving licen[cs]e|cnic|nid|tazkira|kimlik|laissez-passer)";
const NAMED_NUMBER = new RegExp(
  `(?<!\\p{L})${DOCUMENT}(?!\\p{L})\\s?(?:(?:no|nr|number|num|numéro|nummer|№|#)\\p{L}{0,40}[.:]?|[.:#])?\\s?[:#]?\\s?([A-Z0-9][A-Z0-9 /-]{3,15}[A-Z0-9])`,
  "giu",
);

function holdsNamedNumber(text: string): boolean {
  return [...text.matchAll(NAMED_NUMBER)].some(
    ([, number = ""]) => number.replace(/\D/g, "").length >= 5,
  );
}
