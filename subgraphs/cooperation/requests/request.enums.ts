import { registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { ATTENTION } from "./clock.rules";
import * as words from "./request.words";
import { ACTIONS, type Action, CLOCK_EVENTS, PARTIES, STATES } from "./transition.rules";

export const KindEnum = asEnum(words.KINDS);
registerEnumType(KindEnum, {
  name: "AssistanceKind",
  description: "What is asked for (second COLEP meeting, 2022).",
});

export const ChannelEnum = asEnum(words.CHANNELS);
registerEnumType(ChannelEnum, {
  name: "RequestChannel",
  description:
    "By the Secretariat, or when it is urgent straight to the other party, of which the Secretariat sees facts.",
});

export const UrgencyEnum = asEnum(words.URGENCIES);
registerEnumType(UrgencyEnum, {
  name: "RequestUrgency",
  description: "Urgent takes one of the four grounds.",
});

const meanings = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, description]) => [name, { description }]));

export const UrgencyGroundEnum = asEnum(
  Object.keys(words.URGENCY_GROUNDS) as words.UrgencyGround[],
);
registerEnumType(UrgencyGroundEnum, {
  name: "UrgencyGround",
  description: "Directive (EU) 2023/977 Art. 4: what alone makes a request urgent.",
  valuesConfig: meanings(words.URGENCY_GROUNDS),
});

export const AccessibilityEnum = asEnum(words.ACCESSIBILITIES);
registerEnumType(AccessibilityEnum, {
  name: "Accessibility",
  description:
    "Whether the requested party reaches the information itself; its service level depends on it.",
});

export const RefusalGroundEnum = asEnum(
  Object.keys(words.REFUSAL_GROUNDS) as words.RefusalGround[],
);
registerEnumType(RefusalGroundEnum, {
  name: "RefusalGround",
  description: "The closed list of Directive (EU) 2023/977 Art. 6(1).",
  valuesConfig: meanings(words.REFUSAL_GROUNDS),
});

export const RefusalScopeEnum = asEnum(words.REFUSAL_SCOPES);
registerEnumType(RefusalScopeEnum, {
  name: "RefusalScope",
  description: "Only the part that a ground applies to is refused.",
});

export const CrimeAreaEnum = asEnum(words.CRIME_AREAS);
registerEnumType(CrimeAreaEnum, { name: "CrimeArea" });

export const MetEnum = asEnum(words.MET);
registerEnumType(MetEnum, {
  name: "RequestMet",
  description: "How far the answer met what was asked.",
});

export const LanguageEnum = asEnum(words.LANGUAGES);
registerEnumType(LanguageEnum, {
  name: "RequestLanguage",
  description: "ISO 639-1, of the request and its document.",
});

export const StateEnum = asEnum(STATES);
registerEnumType(StateEnum, {
  name: "RequestState",
  description: "docs/cooperation-moves.md has the whole table.",
});

export const PartyEnum = asEnum(PARTIES);
registerEnumType(PartyEnum, {
  name: "RequestParty",
  description: "The facilitator carries a request and reads no content.",
});

export const ActionEnum = asEnum(Object.keys(ACTIONS) as Action[]);
registerEnumType(ActionEnum, {
  name: "RequestAction",
  description: "docs/cooperation-moves.md has the whole table.",
});

export const ClockEventEnum = asEnum(CLOCK_EVENTS);
registerEnumType(ClockEventEnum, {
  name: "ClockEvent",
  description: "What an event does to the clock.",
});

export const AttentionEnum = asEnum(ATTENTION);
registerEnumType(AttentionEnum, {
  name: "RequestAttention",
  description: "Computed when it is read. DUE_SOON: less than a quarter of the limit is left.",
});
