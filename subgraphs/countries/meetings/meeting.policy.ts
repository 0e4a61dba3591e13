import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type * as types from "./meeting.type";

const inherited = "INHERITED";
const partner = "PARTNER";
const open = "PUBLIC";

/** Meetings are every partner's; who holds a chair has been in the news. */
export const meetingLabels = {
  Meeting: {
    id: partner,
    number: partner,
    date: partner,
    mode: partner,
    place: partner,
    host: partner,
    theme: partner,
    participants: partner,
    officials: partner,
    countriesPresent: partner,
    agenda: partner,
    outcomes: partner,
    nextSteps: partner,
    source: partner,
    revision: partner,
  } satisfies LabelsOf<types.Meeting>,
  MeetingParticipant: {
    country: partner,
    institution: partner,
    presentedProfile: partner,
  } satisfies LabelsOf<types.MeetingParticipant>,
  MeetingAgenda: {
    revision: partner,
    items: partner,
    setBy: partner,
    setAt: partner,
  } satisfies LabelsOf<types.MeetingAgenda>,
  AgendaItem: { title: partner, exercise: partner } satisfies LabelsOf<types.AgendaItem>,
  NextStep: {
    id: partner,
    meeting: partner,
    task: partner,
    responsible: partner,
    due: partner,
    doneOn: partner,
    overdue: partner,
  } satisfies LabelsOf<types.NextStep>,
  MeetingConnection: CONNECTION_LABELS,
  MeetingEdge: EDGE_LABELS,
  NextStepConnection: CONNECTION_LABELS,
  NextStepEdge: EDGE_LABELS,
  MeetingPayload: {
    meeting: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<types.MeetingPayload>,
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

export const meetingQueries = {
  meetings: "PARTNER",
  meeting: "PARTNER",
  nextSteps: "PARTNER",
  chairs: open,
} as const;
