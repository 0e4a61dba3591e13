import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
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

interface Code {
  code: string;
}

export interface Mark {
  tlp: Tlp;
  label: string;
  handling: HandlingCode[];
  originator: string;
}

/** A request as the question to the graph answers it to one reader; what is withheld from it is null or empty here too. */
export interface GivenRequest {
  reference: string;
  kind: Kind;
  channel: RequestChannel;
  urgency: Urgency;
  language: Language;
  mechanismVersion: string;
  state: State;
  dueAt: Date | null;
  requester: Code;
  requested: Code;
  facilitator: Code;
  timeline: { by: Code; at: Date; to: State; expectedUntil: Date | null }[];
  contentWithheld: string | null;
  content:
    | (Record<TextField, string | null> & {
        crimeAreas: CrimeArea[];
        urgencyGround: UrgencyGround | null;
        urgencyReason: string | null;
        handlingNote: string | null;
        marking: Mark;
      })
    | null;
  notes: { by: Code; at: Date; text: string }[];
  answers: {
    part: number;
    content: string | null;
    refusal: { ground: RefusalGround; explanation: string | null } | null;
    marking: Mark;
    handlingNote: string | null;
    at: Date;
  }[];
  feedback: { met: Met; comment: string | null } | null;
}

export const TEXT_FIELDS = [
  "subject",
  "informationSought",
  "purpose",
  "underlyingOffence",
  "factsSummary",
  "availabilityGrounds",
  "linkToEntity",
  "useRestrictions",
] as const;
type TextField = (typeof TEXT_FIELDS)[number];
