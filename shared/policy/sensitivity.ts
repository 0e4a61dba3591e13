/**
 * What a field *is*. Subgraphs only label; who may see each kind is said in `decide.ts` and enforced in `shield.ts`.
 * A schema field without a label stops the build (`buildSubgraph`).
 */
export const SENSITIVITIES = {
  PUBLIC: "Anyone, signed in or not.",
  INHERITED:
    "Whoever may see the object it belongs to; that object is only reached through a field that was checked.",
  PARTNER: "Any partner that is signed in and has a role that reads.",
  ACTING:
    "Officers and approvers, for their own partner; the Secretariat's desk, for what it facilitates.",
  APPROVING: "Approvers, for their own partner.",
  OWN_LOG: "Approvers, of their own partner's disclosure log.",
  ANY_LOG:
    "Approvers, of their own partner's disclosure log; the auditor, who learns of every log whether it is whole.",
  PARTY: "The partners that the agreement names, as owner or viewer.",
  ALERT:
    "The sender, and those it is addressed to: partners, members of a group at this moment, or persons by name.",
  STATISTICS:
    "The owner, and partners whose grant covers indicator, detail and period; otherwise the value is WITHHELD.",
  ANALYSIS:
    "Each part by its own rule: figures as `STATISTICS`; what an owner has cleared for the common version by whom it cleared it for, once published.",
  CONTACT_DETAILS: "The owner, and partners with a grant for the details of that kind of contact.",
  REQUEST_FACILITATED:
    "The requester; the Secretariat once it is submitted; the requested party once it has reached it. Nobody else, not even as a count.",
  REQUEST_PARTIES:
    "The requester, and the requested party once it has reached it. The Secretariat only while both have disclosed it.",
  OWN: "The owner alone, whatever it has granted: what waits for its second person, is a draft or is over.",
  CASE_STUDY:
    "The owner, and those it shared this one with: partners by name, or a network's countries at this moment.",
  PROFILE: "The owner, and partners with a grant for the country profile.",
} as const satisfies Record<string, string>;

export type Sensitivity = keyof typeof SENSITIVITIES;

/** type name → field name → label, for every field of a subgraph's schema. */
export type PolicyMap = Readonly<Record<string, Readonly<Record<string, Sensitivity>>>>;

/** One label for each field of a type: a class that gains a field does not compile until it is labelled. */
export type LabelsOf<Type> = { readonly [Field in keyof Type & string]: Sensitivity };
