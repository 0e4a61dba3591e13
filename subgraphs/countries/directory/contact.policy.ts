import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type {
  ContactPayload,
  ContactVersion,
  FocalPerson,
  LiaisonOfficer,
  NationalContactPoint,
} from "./contact.type";

/** Posts and organisations are for partners; names, mail and telephone for those the country shares them with. */
const contact = {
  id: "PARTNER",
  name: "CONTACT_DETAILS",
  title: "PARTNER",
  organisation: "PARTNER",
  email: "CONTACT_DETAILS",
  phone: "CONTACT_DETAILS",
  languages: "PARTNER",
  available24x7: "PARTNER",
  hours: "PARTNER",
  alternateOf: "PARTNER",
  validFrom: "PARTNER",
  validUntil: "PARTNER",
  verifiedAt: "PARTNER",
} as const;

export const directoryLabels = {
  NationalContactPoint: contact satisfies LabelsOf<NationalContactPoint>,
  FocalPerson: contact satisfies LabelsOf<FocalPerson>,
  LiaisonOfficer: { ...contact, postedTo: "PARTNER" } satisfies LabelsOf<LiaisonOfficer>,
  ContactVersion: {
    id: "OWN",
    contact: "OWN",
    kind: "OWN",
    version: "OWN",
    standing: "OWN",
    name: "OWN",
    title: "OWN",
    organisation: "OWN",
    email: "OWN",
    phone: "OWN",
    languages: "OWN",
    available24x7: "OWN",
    hours: "OWN",
    alternateOf: "OWN",
    postedTo: "OWN",
    validFrom: "OWN",
    validUntil: "OWN",
    verifiedAt: "OWN",
    submittedBy: "OWN",
    submittedAt: "OWN",
    decidedBy: "OWN",
    reason: "OWN",
  } satisfies LabelsOf<ContactVersion>,
  ContactVersionConnection: CONNECTION_LABELS,
  ContactVersionEdge: EDGE_LABELS,
  ContactPayload: {
    contact: "INHERITED",
    userErrors: "INHERITED",
  } satisfies LabelsOf<ContactPayload>,
} as const satisfies PolicyMap;

export const directoryMutations = {
  addContact: "ACTING",
  amendContact: "ACTING",
  approveContact: "ACTING",
  returnContact: "ACTING",
  endContact: "ACTING",
  verifyContact: "ACTING",
} as const;
