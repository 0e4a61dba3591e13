import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import { type Say, sayAccount, sayHandling } from "../input.rules";

/** What is true of a case study without a database. */
export const STUDY_STATES = ["PRIVATE", "WAITING", "SHARED"] as const;
export type StudyState = (typeof STUDY_STATES)[number];

export const STUDY_MOVES = ["AMEND", "SHARE", "CONFIRM", "WITHDRAW"] as const;
export type StudyMove = (typeof STUDY_MOVES)[number];

/** Which move leads where; whatever is not here is refused, and the database refuses it again. */
const MOVES: Readonly<Record<StudyMove, Partial<Readonly<Record<StudyState, StudyState>>>>> = {
  AMEND: { PRIVATE: "PRIVATE" },
  SHARE: { PRIVATE: "WAITING" },
  CONFIRM: { WAITING: "SHARED" },
  WITHDRAW: { WAITING: "PRIVATE", SHARED: "PRIVATE" },
};

export function after(state: StudyState, move: StudyMove): StudyState | null {
  return MOVES[move][state] ?? null;
}

export function movesFrom(state: StudyState): StudyMove[] {
  return STUDY_MOVES.filter((move) => after(state, move) !== null);
}

export interface StudyBody {
  title: string;
  summary: string;
  lessons: readonly string[];
  tlp: Tlp;
  handling: readonly HandlingCode[];
  handlingNote?: string | null;
}

const MOST_LESSONS = 20;

export function sayStudy(say: Say, body: StudyBody): void {
  sayAccount(say, "title", body.title, 200);
  sayAccount(say, "summary", body.summary, 8_000);
  if (body.lessons.length > MOST_LESSONS) say("lessons", `At most ${MOST_LESSONS} lessons.`);
  body.lessons.forEach((lesson, at) => {
    sayAccount(say, ["lessons", at], lesson, 1_000);
  });
  sayHandling(say, body.handling, body.handlingNote);
}

const EXERCISE = "EXERCISE: ";

/** An exercise is recognisable from its title alone. */
export function titleOf(title: string, exercise: boolean): string {
  return exercise && !title.startsWith(EXERCISE) ? EXERCISE + title : title;
}

export interface Audience {
  colep: boolean;
  partners: readonly string[];
}

export function sayAudience(
  say: Say,
  { colep, partners }: Audience,
  { owner, tlp }: { owner: string; tlp: Tlp },
): void {
  if (!colep && partners.length === 0) say("partners", "Name COLEP or at least one partner.");
  if (tlp === "RED")
    say(
      "partners",
      "TLP:RED is for persons by name and is not shared here. Mark it AMBER_STRICT or wider.",
    );
  partners.forEach((partner, at) => {
    if (partner === owner) say(["partners", at], "Your own partner reads it anyway. Leave it out.");
    else if (partners.indexOf(partner) < at) say(["partners", at], "stands twice. Name it once.");
  });
}
