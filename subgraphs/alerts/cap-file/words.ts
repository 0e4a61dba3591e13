import type { InfoGrade, SourceGrade } from "../../../shared/graphql/evaluation";
import { TLP_LABELS } from "../../../shared/graphql/marking";
import { type HandlingCode, TLPS, type Tlp } from "../../../shared/policy/terms";

/** What CAP has no element for, as `code`s of the message; and lists that CAP writes as one text. */
export interface Extras {
  tlp: Tlp | undefined;
  handling: HandlingCode[];
  handlingNote?: string | undefined;
  evaluation?: { source: SourceGrade; information: InfoGrade } | undefined;
  acknowledgeWithin?: number | undefined;
}

const HANDLING = /^H[0-3]$/;
const EVALUATION = /^accord:evaluation=([ABCX])\/(I[1-4])$/;
const NOTE = "accord:handling-note=";
const WITHIN = /^accord:acknowledge-within=(\d{1,5})$/;

/** A code that would be read as one of ours. */
export function isReserved(code: string): boolean {
  return code.startsWith("accord:") || code.startsWith("TLP:") || HANDLING.test(code);
}

export function extrasToCodes(extras: Omit<Extras, "tlp"> & { label: string }): string[] {
  const { label, handling, handlingNote, evaluation, acknowledgeWithin } = extras;
  return [
    label,
    ...handling,
    ...(handlingNote === undefined ? [] : [`${NOTE}${handlingNote}`]),
    ...(evaluation ? [`accord:evaluation=${evaluation.source}/${evaluation.information}`] : []),
    ...(acknowledgeWithin === undefined ? [] : [`accord:acknowledge-within=${acknowledgeWithin}`]),
  ];
}

function tlpOf(code: string): Tlp | undefined {
  return TLPS.find((tlp) => TLP_LABELS[tlp] === code);
}

/** What is ours among the codes, what looks like it and is not, and the rest. */
export function codesToExtras(
  codes: readonly string[],
): Extras & { code: string[]; codeFaults: string[] } {
  const evaluation = codes.map((code) => EVALUATION.exec(code)).find((match) => match !== null);
  const within = codes
    .map((code) => WITHIN.exec(code)?.[1])
    .find((minutes) => minutes !== undefined);
  return {
    tlp: codes.map(tlpOf).find((tlp) => tlp !== undefined),
    handling: codes.filter((code): code is HandlingCode => HANDLING.test(code)),
    handlingNote: codes.find((code) => code.startsWith(NOTE))?.slice(NOTE.length),
    evaluation: evaluation
      ? { source: evaluation[1] as SourceGrade, information: evaluation[2] as InfoGrade }
      : undefined,
    acknowledgeWithin: within === undefined ? undefined : Number(within),
    code: codes.filter((code) => !isReserved(code)),
    codeFaults: codeFaults(codes),
  };
}

/** Nothing that a file says of its marking is passed over: one of each kind, and each readable. */
function codeFaults(codes: readonly string[]): string[] {
  const unread = codes.filter(
    (code) =>
      isReserved(code) &&
      !(
        tlpOf(code) ||
        HANDLING.test(code) ||
        EVALUATION.test(code) ||
        WITHIN.test(code) ||
        code.startsWith(NOTE)
      ),
  );
  const kinds: [string, (code: string) => boolean][] = [
    ["TLP:", (code) => tlpOf(code) !== undefined],
    ["accord:evaluation", (code) => EVALUATION.test(code)],
    ["accord:acknowledge-within", (code) => WITHIN.test(code)],
    ["accord:handling-note", (code) => code.startsWith(NOTE)],
  ];
  const twice = kinds.filter(([, is]) => new Set(codes.filter(is)).size > 1);
  return [
    ...unread.map((code) => `has the code "${code.slice(0, 60)}", which is none of this exchange.`),
    ...twice.map(([name]) => `has more than one code \`${name}\`, and they differ.`),
  ];
}

/** CAP: parts with white space stand in double quotes. */
export function joinWords(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ");
}

export function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

export function wordsToAddresses(words: readonly string[]): {
  partners: string[];
  groups: string[];
  persons: string[];
} {
  const groups = words
    .filter((word) => word.startsWith("group:"))
    .map((word) => word.slice("group:".length));
  const others = words.filter((word) => !word.startsWith("group:"));
  return {
    partners: others.filter((word) => !word.includes("/")),
    groups,
    persons: others.filter((word) => word.includes("/")),
  };
}
