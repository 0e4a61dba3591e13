import type {
  CrimeArea,
  Kind,
  Language,
  Met,
  RefusalGround,
  RequestChannel,
  Urgency,
  UrgencyGround,
} from "../requests/request.words";
import type { State } from "../requests/transition.rules";
import { ar } from "./words/ar";
import { bn } from "./words/bn";
import { en } from "./words/en";
import { fa } from "./words/fa";
import { fr } from "./words/fr";
import { ru } from "./words/ru";
import { tr } from "./words/tr";
import { ur } from "./words/ur";

/** What stands on the form besides what the parties write. */
export interface Words {
  readonly title: string;
  /** That the mechanism is not agreed. */
  readonly notAgreed: string;
  /** That nobody official has checked this translation; empty for English, in which the form was drafted. */
  readonly unofficial: string;
  /** To whoever sees facts only. */
  readonly factsOnly: string;
  readonly contentWithheld: string;
  readonly parts: Readonly<
    Record<"facts" | "content" | "answer" | "timeline" | "feedback", string>
  >;
  readonly labels: Readonly<Record<Label, string>>;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly channels: Readonly<Record<RequestChannel, string>>;
  readonly urgencies: Readonly<Record<Urgency, string>>;
  readonly states: Readonly<Record<State, string>>;
  readonly urgencyGrounds: Readonly<Record<UrgencyGround, string>>;
  readonly refusalGrounds: Readonly<Record<RefusalGround, string>>;
  readonly crimeAreas: Readonly<Record<CrimeArea, string>>;
  readonly met: Readonly<Record<Met, string>>;
}

export const LABELS = [
  "reference",
  "requester",
  "requested",
  "facilitator",
  "kind",
  "channel",
  "urgency",
  "state",
  "dueAt",
  "mechanism",
  "subject",
  "informationSought",
  "purpose",
  "crimeAreas",
  "underlyingOffence",
  "factsSummary",
  "availabilityGrounds",
  "linkToEntity",
  "useRestrictions",
  "urgencyGround",
  "urgencyReason",
  "marking",
  "handlingNote",
  "part",
  "refusal",
  "at",
  "by",
  "field",
  "entry",
] as const;
export type Label = (typeof LABELS)[number];

export const WORDS: Readonly<Record<Language, Words>> = { en, fr, ru, tr, ar, fa, ur, bn };
