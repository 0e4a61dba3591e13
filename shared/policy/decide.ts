import type { Purpose } from "../viewer/purpose";
import { mayRead, type Viewer } from "../viewer/viewer";
import { type AlertMessage, addressing } from "./addressed";
import { type ClearedPart, isOpenTo } from "./cleared";
import { givesWay, readsOtherwise, seesOwnNationals } from "./one-form";
import { isShownTo, type RequestPart } from "./requests";
import { isSharedWith, type SharedStudy } from "./shared-study";
import {
  CONTROLS,
  type Control,
  embargoEnd,
  isInForce,
  isValid,
  type Term,
  type Terms,
} from "./terms";

/**
 * The one place that decides. Everything else (the SQL predicate, row-level security, the shield over the schema) is
 * this rule said again in another language, and `test/policy/` proves that all of them agree.
 * Pure: no clock, no database. To be wrong here is to show a state's figures to someone it has not shown them to.
 */
export type Resource =
  | Statistic
  | ContactDetails
  | Profile
  | AgreementText
  | AlertMessage
  | RequestPart
  | SharedStudy
  | ClearedPart;

export interface Statistic {
  readonly category: "STATISTICS";
  readonly owner: string;
  readonly indicator: string;
  readonly period: string;
  readonly dimensions: readonly string[];
  /** First day of the period and first day after it. */
  readonly start: string;
  readonly end: string;
  /** When it was first released, whatever amended it since; null = nothing released, so there is nothing an embargo could hold back. */
  readonly releasedAt: Date | null;
  /** Whether the viewer has released the same indicator for the same period. */
  readonly reciprocated: boolean;
  /** The released table at hand; left out when the question is which one the viewer may have. */
  readonly table?: ReleasedAs;
}

/** In which form a table was released: under which control, cut or not, and if so for whom (rule 6). */
export interface ReleasedAs {
  readonly control: Control;
  readonly cut: boolean;
  readonly audience: string | null;
  /** Which version of the report it is from; the rules are the same for all. */
  readonly version?: number;
}

export interface ContactDetails {
  readonly category: "CONTACT_DETAILS";
  readonly owner: string;
  readonly kind: string;
  /** A version that waits, was replaced or is over: its owner's only, whatever was granted. */
  readonly held?: boolean;
}

export interface Profile {
  readonly category: "PROFILE";
  readonly owner: string;
  /** Not published: its owner's only, whatever was granted. */
  readonly held?: boolean;
}

/** The text of an agreement: for those it names, and for nobody else, whatever its state. */
export interface AgreementText {
  readonly category: "AGREEMENT";
  /** Owners and viewers; `*` names every partner. */
  readonly named: readonly string[];
}

export const ACCESS_REASONS = [
  "OWNER",
  "GRANTED",
  "PUBLIC",
  "SIGN_IN_REQUIRED",
  "ROLE",
  "NO_AGREEMENT",
  "INDICATOR",
  "DETAIL",
  "PERIOD",
  "CONTACT_KIND",
  "NOT_IN_FORCE",
  "VALIDITY",
  "EMBARGO",
  "RECIPROCITY",
  "PURPOSE",
  "ONE_FORM",
  "OWN_NATIONALS",
  "SMALL_NUMBER",
  "NOT_RELEASED",
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

export type Decision = Allowed | Refused;
export interface Allowed {
  readonly allowed: true;
  readonly reason: "OWNER" | "GRANTED";
  readonly control: Control;
  /** Whether the viewer's own nationals are shown where the indicator protects them. */
  readonly ownNationals: boolean;
  readonly term: Term | null;
}
export interface Refused {
  readonly allowed: false;
  readonly reason: AccessReason;
  /** The agreement that came nearest; always one the viewer is named in. */
  readonly term: Term | null;
}

export function decide(viewer: Viewer | null, resource: Resource, terms: Terms): Decision {
  if (!viewer) return refuse("SIGN_IN_REQUIRED");
  if (!mayRead(viewer)) return refuse("ROLE");
  if (resource.category === "AGREEMENT") return decideAgreement(viewer, resource);
  if (resource.category === "ALERT") return decideAlert(viewer, resource, terms);
  if (resource.category === "COOPERATION") return decideRequest(viewer, resource);
  if (resource.category === "CASE_STUDY") return decideStudy(viewer, resource);
  if (resource.category === "ANALYSIS") return decidePart(viewer, resource, terms);
  if (resource.category === "STATISTICS" && resource.table && !isReleased(resource, terms.now)) {
    return refuse("NOT_RELEASED");
  }
  if (viewer.partner === resource.owner) return decideOwner(resource);
  let best: Allowed | null = null;
  let nearest: { refused: Refused; steps: number } | null = null;
  for (const term of terms.all) {
    if (term.category !== resource.category || !term.owners.includes(resource.owner)) continue;
    const miss = firstUnmet(viewer, term, resource, terms);
    if (miss === null) best = lessProtective(best, allow(viewer, term));
    else if (!nearest || miss.steps > nearest.steps)
      nearest = { refused: refuse(miss.reason, term), steps: miss.steps };
  }
  return best ?? nearest?.refused ?? refuse("NO_AGREEMENT");
}

function isReleased({ releasedAt }: Statistic, now: Date): boolean {
  return releasedAt !== null && releasedAt <= now;
}

function decideAgreement({ partner }: Viewer, { named }: AgreementText): Decision {
  if (!named.includes(partner) && !named.includes("*")) return refuse("NO_AGREEMENT");
  return { allowed: true, reason: "GRANTED", control: "NONE", ownNationals: false, term: null };
}

/** The sender's own, or addressed to the viewer; what rests on an agreement only while one of the sender's with it holds. */
function decideAlert(viewer: Viewer, message: AlertMessage, { all, now }: Terms): Decision {
  const shown = { allowed: true, control: "NONE", ownNationals: false } as const;
  if (viewer.partner === message.owner) return { ...shown, reason: "OWNER", term: null };
  const address = addressing(viewer, message);
  if (address === null) return refuse("NO_AGREEMENT");
  if (!address.agreed) return { ...shown, reason: "GRANTED", term: null };
  const term = all.find((one) => one.owners.includes(message.owner) && isInForce(one, now));
  return term ? { ...shown, reason: "GRANTED", term } : refuse("NOT_IN_FORCE");
}

/** No agreement opens a request to a third: it is between its two parties. */
function decideRequest(viewer: Viewer, request: RequestPart): Decision {
  if (!isShownTo(viewer, request)) return refuse("NO_AGREEMENT");
  const reason = viewer.partner === request.owner ? "OWNER" : "GRANTED";
  return { allowed: true, reason, control: "NONE", ownNationals: false, term: null };
}

/** Shared by two people of its owner, one by one, and by no agreement. */
function decideStudy(viewer: Viewer, study: SharedStudy): Decision {
  const shown = { allowed: true, control: "NONE", ownNationals: false, term: null } as const;
  if (viewer.partner === study.owner) return { ...shown, reason: "OWNER" };
  return isSharedWith(viewer, study) ? { ...shown, reason: "GRANTED" } : refuse("NO_AGREEMENT");
}

/** Opened by two people of the owner for the common text of one year, and by no agreement; but one may stand beside it. */
function decidePart(viewer: Viewer, part: ClearedPart, terms: Terms): Decision {
  const shown = { allowed: true, control: "SUPPRESSION", ownNationals: false, term: null } as const;
  if (viewer.partner === part.owner) return { ...shown, reason: "OWNER" };
  if (!isOpenTo(part)) return refuse("NOT_RELEASED");
  return readsOtherwise(viewer, part, terms) ? refuse("ONE_FORM") : { ...shown, reason: "GRANTED" };
}

/** The owner reads its figures as released without any control; cuts for other audiences are not its business. */
function decideOwner(resource: Owned): Decision {
  const table = resource.category === "STATISTICS" ? resource.table : undefined;
  if (table && (table.control !== "NONE" || table.audience !== null)) return refuse("DETAIL");
  return { allowed: true, reason: "OWNER", control: "NONE", ownNationals: true, term: null };
}

type Owned = Exclude<
  Resource,
  AgreementText | AlertMessage | RequestPart | SharedStudy | ClearedPart
>;
type Condition = readonly [
  AccessReason,
  (viewer: Viewer, term: Term, resource: Owned, terms: Terms) => boolean,
];

/**
 * Every one must hold in one and the same term: grants do not add up (rule 3), and the last says that they do not tell on
 * each other either (rule 9). Ordered from what a term is about to whether it holds just now; the term that fails latest is
 * the one worth naming to the viewer.
 */
const CONDITIONS: readonly Condition[] = [
  ["NOT_RELEASED", (_v, _t, r) => r.category === "STATISTICS" || r.held !== true],
  [
    "CONTACT_KIND",
    (_v, t, r) => r.category !== "CONTACT_DETAILS" || t.contactKinds.includes(r.kind),
  ],
  ["INDICATOR", (_v, t, r) => r.category !== "STATISTICS" || t.indicators.includes(r.indicator)],
  [
    "DETAIL",
    (_v, t, r) => r.category !== "STATISTICS" || r.dimensions.every((d) => t.detail.includes(d)),
  ],
  ["DETAIL", (v, t, r) => r.category !== "STATISTICS" || isReleasedFor(v, t, r.table)],
  ["PERIOD", (_v, t, r) => r.category !== "STATISTICS" || coversPeriod(t, r)],
  ["NOT_IN_FORCE", (_v, t) => t.status === "ACTIVE"],
  ["VALIDITY", (_v, t, _r, { now }) => isValid(t, now)],
  ["EMBARGO", (_v, t, r, { now }) => r.category !== "STATISTICS" || isPastEmbargo(t, r, now)],
  ["RECIPROCITY", (_v, t, r) => r.category !== "STATISTICS" || !t.reciprocal || r.reciprocated],
  ["PURPOSE", (v, t) => isForPurpose(t, v.purpose)],
  ["ONE_FORM", (v, t, r, terms) => r.category !== "STATISTICS" || !givesWay(v, t, r, terms)],
];

function firstUnmet(viewer: Viewer, term: Term, resource: Owned, terms: Terms) {
  for (let steps = 0; steps < CONDITIONS.length; steps++) {
    const [reason, holds] = CONDITIONS[steps] as Condition;
    if (!holds(viewer, term, resource, terms)) return { reason, steps };
  }
  return null;
}

/** A country reads its own cut of a table that is cut, and only an express grant or not being a country opens the whole. */
function isReleasedFor(viewer: Viewer, term: Term, table: ReleasedAs | undefined): boolean {
  if (!table) return true;
  if (table.control !== term.control) return false;
  if (!table.cut || seesOwnNationals(viewer, term)) return table.audience === null;
  return table.audience === viewer.partner;
}

function coversPeriod(term: Term, { start, end }: Statistic): boolean {
  return (
    (term.dataFrom === null || start >= term.dataFrom) &&
    (term.dataUntil === null || end <= term.dataUntil)
  );
}

/** An agreement that names purposes is read for one of them, and for nothing that stays unsaid. */
export function isForPurpose(term: Term, purpose: Purpose | null | undefined): boolean {
  return term.purposes.length === 0 || (purpose != null && term.purposes.includes(purpose));
}

function isPastEmbargo(term: Term, { releasedAt }: Statistic, now: Date): boolean {
  return releasedAt === null || embargoEnd(term, releasedAt) <= now;
}

function allow(viewer: Viewer, term: Term): Allowed {
  const ownNationals = seesOwnNationals(viewer, term);
  return { allowed: true, reason: "GRANTED", control: term.control, ownNationals, term };
}

function lessProtective(one: Allowed | null, other: Allowed): Allowed {
  return one && !isLessProtective(other, one) ? one : other;
}

/** Whether a grant shows more of the same cell than another. */
export function isLessProtective(one: Allowed, other: Allowed): boolean {
  const step = CONTROLS.indexOf(one.control) - CONTROLS.indexOf(other.control);
  return step < 0 || (step === 0 && one.ownNationals && !other.ownNationals);
}

function refuse(reason: AccessReason, term: Term | null = null): Refused {
  return { allowed: false, reason, term };
}
