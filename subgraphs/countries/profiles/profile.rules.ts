import { type HandlingCode, TLPS, type Tlp } from "../../../shared/policy/terms";
import { type Say, sayAccount, sayHandling, sayText } from "../input.rules";

/** What is true of a profile without a database. */
export const SECTION_KEYS = [
  "LEGAL_FRAMEWORK",
  "NATIONAL_ACTION_PLAN",
  "INSTITUTIONS",
  "TRENDS",
  "CHALLENGES",
  "GOOD_PRACTICES",
  "MIGRATION_ROLE",
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

export const MIGRATION_ROLES = ["ORIGIN", "TRANSIT", "DESTINATION"] as const;
export type MigrationRole = (typeof MIGRATION_ROLES)[number];

export const OPEN_STATES = ["DRAFT", "SUBMITTED", "PRESENTED"] as const;
export type OpenState = (typeof OPEN_STATES)[number];
export type ProfileState = OpenState | "PUBLISHED";

export const PROFILE_MOVES = ["WRITE", "SUBMIT", "RETURN", "PRESENT", "PUBLISH"] as const;
export type ProfileMove = (typeof PROFILE_MOVES)[number];

/** Which move leads where; whatever is not here is refused, and the database refuses it again. */
const MOVES: Readonly<Record<ProfileMove, Partial<Readonly<Record<ProfileState, ProfileState>>>>> =
  {
    WRITE: { DRAFT: "DRAFT" },
    SUBMIT: { DRAFT: "SUBMITTED" },
    RETURN: { SUBMITTED: "DRAFT", PRESENTED: "DRAFT" },
    PRESENT: { SUBMITTED: "PRESENTED" },
    PUBLISH: { PRESENTED: "PUBLISHED" },
  };

export function after(state: ProfileState, move: ProfileMove): ProfileState | null {
  return MOVES[move][state] ?? null;
}

export function movesFrom(state: ProfileState): ProfileMove[] {
  return PROFILE_MOVES.filter((move) => after(state, move) !== null);
}

export interface ProfileBody {
  sections: readonly { key: SectionKey; title: string; body: string }[];
  migrationRoles: readonly MigrationRole[];
  tlp: Tlp;
  handling: readonly HandlingCode[];
  handlingNote?: string | null;
  source: string;
}

const LONGEST_SECTION = 8_000;

/** Everything that is wrong with it, each with its place. */
export function sayProfile(say: Say, body: ProfileBody): void {
  if (body.sections.length === 0) say("sections", "Write at least one section.");
  const keys = body.sections.map(({ key }) => key);
  body.sections.forEach(({ key, title, body: text }, at) => {
    if (keys.indexOf(key) < at)
      say(["sections", at, "key"], `${key} stands twice. Write each section once.`);
    sayText(say, ["sections", at, "title"], title, 200);
    sayAccount(say, ["sections", at, "body"], text, LONGEST_SECTION);
  });
  body.migrationRoles.forEach((role, at) => {
    if (body.migrationRoles.indexOf(role) < at)
      say(["migrationRoles", at], `${role} stands twice.`);
  });
  sayText(say, "source", body.source, 500);
  sayHandling(say, body.handling, body.handlingNote);
}

export interface Marked {
  tlp: Tlp;
  handling: readonly HandlingCode[];
}

/** Whether what is marked so may go further, or be used for more, than what is marked like the other. */
export function isMarkedWider(now: Marked, before: Marked): boolean {
  return (
    TLPS.indexOf(now.tlp) > TLPS.indexOf(before.tlp) ||
    before.handling.some((code) => !now.handling.includes(code))
  );
}
