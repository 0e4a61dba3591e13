import { fault, type UserError } from "../../../shared/graphql/user-error";
import type { AnalysisPartInput } from "./analysis.input";
import type { Step } from "./analysis.queries";
import type { AnalysisState } from "./analysis.type";

/** How an analysis comes about, step by step. Pure; the database keeps the same order (migrations/13-analysis.ts). */

/** Where the steps taken so far have led; null = nobody has convened it. */
export function stateOf(steps: readonly { step: Step }[]): AnalysisState | null {
  const taken = new Set(steps.map(({ step }) => step));
  if (taken.has("PUBLISHED")) return "PUBLISHED";
  if (taken.has("CLOSED")) return "CLEARED";
  if (taken.has("OPENED")) return "COMMENTING";
  return taken.has("CONVENED") ? "DRAFT" : null;
}

export type AnalysisAct =
  | "convene"
  | "write"
  | "open"
  | "comment"
  | "propose"
  | "clear"
  | "close"
  | "publish";

/** In which state each may be done; taking a part back may be done in any. */
const STATES: Readonly<Record<AnalysisAct, readonly (AnalysisState | null)[]>> = {
  convene: [null],
  write: ["DRAFT", "COMMENTING", "CLEARED"],
  open: ["DRAFT"],
  comment: ["COMMENTING"],
  propose: ["COMMENTING"],
  clear: ["COMMENTING"],
  close: ["COMMENTING"],
  publish: ["CLEARED"],
};

const WORDS: Readonly<Record<AnalysisState, string>> = {
  DRAFT: "is a draft of the desk's",
  COMMENTING: "is with the contact points",
  CLEARED: "is cleared",
  PUBLISHED: "is published",
};

/** What stands in the way; null where nothing does. */
export function obstacle(state: AnalysisState | null, act: AnalysisAct): string | null {
  if (STATES[act].includes(state)) return null;
  if (state === null)
    return "No analysis of this year has been convened. The Secretariat's desk convenes one.";
  return `The analysis ${WORDS[state]}: it does not take this now.`;
}

export function partFaults(
  { indicators, tlp }: Pick<AnalysisPartInput, "indicators" | "tlp">,
  isKnown: (code: string) => boolean,
): UserError[] {
  const unknown = indicators.flatMap((code, at) =>
    isKnown(code)
      ? []
      : [fault("BAD_USER_INPUT", ["input", "indicators", at], `"${code}" is not an indicator.`)],
  );
  const none =
    indicators.length === 0
      ? [fault("BAD_USER_INPUT", ["input", "indicators"], "Name at least one.")]
      : [];
  const red =
    tlp === "RED"
      ? [fault("BAD_USER_INPUT", ["input", "tlp"], "TLP:RED is for persons by name.")]
      : [];
  return [...unknown, ...none, ...red];
}
