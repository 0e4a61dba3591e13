import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type * as types from "./meeting.type";

const inherited = "INHERITED";
const open = "PUBLIC";

/** Meetings are every partner's: the fields are reached through those of `Query` and `Mutation` alone. Chairs are in the news. */
export const meetingLabels = {
  Meeting: {
    ...{ id: inherited, number: inherited, date: inherited, mode: inherited, place: inherited, host: inherited },
    ...{ theme: inherited, participants: inherited, officials: inherited, countriesPresent: inherited },
    ...{ agenda: inherited, outcomes: inherited, nextSteps: inherited, source: inherited, revision: inherited },
  } satisfies LabelsOf<types.Meeting>,
  MeetingParticipant: {
    country: inherited,
    institution: inherited,
    presentedProfile: inherited,
  } satisfies LabelsOf<types.MeetingParticipant>,
  MeetingAgenda: {
    revision: inherited,
    items: inherited,
    setBy: inherited,
    setAt: inherited,
  } satisfies LabelsOf<types.MeetingAgenda>,
  AgendaItem: { title: inherited, exercise: inherited } satisfies LabelsOf<types.AgendaItem>,
  NextStep: {
    ...{ id: inherited, meeting: inherited, task: inherited, responsible: inherited, due: inherited },
    ...{ doneOn: inherited, overdue: inherited },
  } satisfies LabelsOf<types.NextStep>,
  MeetingConnection: CONNECTION_LABELS,
  MeetingEdge: EDGE_LABELS,
  NextStepConnection: CONNECTION_LABELS,
  NextStepEdge: EDGE_LABELS,
  MeetingPayload: { meeting: inherited, userErrors: inherited } satisfies LabelsOf<types.MeetingPayload>,
  ChairSeat: { seat: open, holder: open, history: open } satisfies LabelsOf<types.ChairSeat>,
  Chair: {
    country: open,
    since: open,
    until: open,
    endorsedAtMeeting: open,
    source: open,
  } satisfies LabelsOf<types.Chair>,
  ChairPayload: { chair: inherited, userErrors: inherited } satisfies LabelsOf<types.ChairPayload>,
} as const satisfies PolicyMap;

export const meetingMutations = {
  recordMeeting: "ACTING",
  amendMeeting: "ACTING",
  setAgenda: "ACTING",
  addNextStep: "ACTING",
  completeNextStep: "ACTING",
  endorseChair: "ACTING",
  endChair: "ACTING",
} as const;

export const meetingQueries = { meetings: "PARTNER", meeting: "PARTNER", nextSteps: "PARTNER", chairs: open } as const;
