import { PERSONAL_REMEDY, personalFinding, personalFindingInCode } from "./person-record.rules";

const LONGEST_TEXT = 5_000;

/** What no XML file can hold: controls, halves of characters, and two that are none. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/**
 * Whether a text is too long as it is, or once its compatibility characters are written out, as the rules on persons read it: one
 * character can stand for eighteen. The length as it is comes first, so that nothing long is written out.
 */
export function isLongerThan(most: number, text: string): boolean {
  return text.length > most || text.normalize("NFKC").length > most;
}

/** What is wrong with one piece of free text, its length, what cannot be written, a person's record in it; null where nothing. */
export function textFault(text: string): string | null {
  if (isLongerThan(LONGEST_TEXT, text)) return `is longer than ${LONGEST_TEXT} characters.`;
  if (text.trim() === "") return "is empty. Leave it out, or say something.";
  if (UNWRITABLE.test(text)) return "holds characters that no file can carry.";
  const finding = personalFinding(text);
  return finding && PERSONAL_REMEDY[finding];
}

/** The same for a code and the name of its list. */
export function codeFault(list: string, code: string): string | null {
  if (code.length > LONGEST_TEXT) return `is longer than ${LONGEST_TEXT} characters.`;
  if (UNWRITABLE.test(code)) return "holds characters that no file can carry.";
  const finding = personalFindingInCode(list, code);
  return finding && PERSONAL_REMEDY[finding];
}
