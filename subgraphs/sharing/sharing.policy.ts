import {
  CONNECTION_LABELS,
  EDGE_LABELS,
  MARKING_LABELS,
  PAGE_INFO_LABELS,
  USER_ERROR_LABELS,
} from "../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap, Sensitivity } from "../../shared/policy/sensitivity";
import type { AccessExplanation, AgreementSummary } from "./access/access.type";
import type { AccessChange, AccessShare, AgreementPreview } from "./access/preview.type";
import type { CellViewer } from "./access/viewers.type";
import type { AgreementPayload } from "./agreements/agreement.mutation";
import type {
  Agreement,
  AgreementConnection,
  AgreementEdge,
  AgreementEvent,
  AgreementTerm,
  AgreementVersion,
  Signature,
} from "./agreements/agreement.type";
import { disclosureLabels } from "./disclosures/disclosure.policy";
import type { GroupMember, PartnerGroup, PartnerGroupPayload } from "./partners/group.type";
import type { Partner, ViewerSelf } from "./partners/partner.type";
import type { Country, Indicator } from "./partners/reference";

const open = "PUBLIC";
const party = "PARTY";
const inherited = "INHERITED";

const body = {
  version: party,
  validFrom: party,
  validUntil: party,
  note: party,
  purposes: party,
  marking: party,
  handlingNote: party,
  terms: party,
  signatures: party,
} as const;

/** How closely each field of this subgraph is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  Query: {
    viewer: open,
    agreements: "PARTNER",
    agreement: "PARTNER",
    partnerGroups: "PARTNER",
    explainAccess: open,
    whoCanSee: "PARTNER",
    disclosures: "OWN_LOG",
    disclosureLogExport: "OWN_LOG",
    verifyDisclosureLog: "ANY_LOG",
  },
  Mutation: {
    proposeAgreement: "ACTING",
    amendAgreement: "ACTING",
    acceptAgreement: "ACTING",
    submitForNationalApproval: "ACTING",
    declineAgreement: "ACTING",
    suspendAgreement: "ACTING",
    resumeAgreement: "ACTING",
    revokeAgreement: "ACTING",
    changePartnerGroup: "ACTING",
    previewAgreement: "ACTING",
  },
  AgreementPayload: {
    agreement: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<AgreementPayload>,
  Viewer: { id: open, partner: open, roles: open, purpose: open } satisfies LabelsOf<ViewerSelf>,
  Partner: { code: open, name: open, kind: open, country: open } satisfies Omit<
    LabelsOf<Partner>,
    "state"
  > & { country: Sensitivity },
  Country: { code: open } satisfies LabelsOf<Country>,
  Indicator: { code: open } satisfies LabelsOf<Indicator>,
  Agreement: {
    ...body,
    id: party,
    title: party,
    kind: party,
    status: party,
    convener: party,
    parties: party,
    revision: party,
    versions: party,
    history: party,
    awaiting: party,
  } satisfies LabelsOf<Agreement>,
  AgreementVersion: {
    ...body,
    proposedBy: party,
    proposedAt: party,
    reason: party,
  } satisfies LabelsOf<AgreementVersion>,
  AgreementTerm: {
    category: party,
    owners: party,
    viewers: party,
    everyPartner: party,
    groups: party,
    indicators: party,
    detail: party,
    contactKinds: party,
    dataFrom: party,
    dataUntil: party,
    disclosureControl: party,
    embargoDays: party,
    reciprocal: party,
    ownNationals: party,
  } satisfies LabelsOf<AgreementTerm>,
  Signature: {
    partner: inherited,
    state: inherited,
    since: inherited,
    standing: inherited,
    standingSince: inherited,
  } satisfies LabelsOf<Signature>,
  AgreementEvent: {
    at: inherited,
    act: inherited,
    version: inherited,
    partner: inherited,
    actor: inherited,
    reason: inherited,
  } satisfies LabelsOf<AgreementEvent>,
  AgreementConnection: CONNECTION_LABELS satisfies LabelsOf<AgreementConnection>,
  AgreementEdge: EDGE_LABELS satisfies LabelsOf<AgreementEdge>,
  PageInfo: PAGE_INFO_LABELS,
  Marking: MARKING_LABELS,
  UserError: USER_ERROR_LABELS,
  /** All of the reader's own: the subgraph reads them for nobody else, and neither does row-level security. */
  PartnerGroup: {
    id: inherited,
    name: inherited,
    members: inherited,
  } satisfies LabelsOf<PartnerGroup>,
  GroupMember: {
    partner: inherited,
    addedBy: inherited,
    addedAt: inherited,
    confirmedBy: inherited,
    confirmedAt: inherited,
  } satisfies LabelsOf<GroupMember>,
  PartnerGroupPayload: {
    group: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<PartnerGroupPayload>,
  CellViewer: {
    partner: inherited,
    agreement: inherited,
    agreementVersion: inherited,
    analysis: inherited,
    disclosureControl: inherited,
    ownNationals: inherited,
    onlyFor: inherited,
  } satisfies LabelsOf<CellViewer>,
  AgreementPreview: {
    changes: inherited,
    warnings: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<AgreementPreview>,
  AccessChange: {
    partner: inherited,
    gains: inherited,
    loses: inherited,
    lessProtected: inherited,
    moreProtected: inherited,
  } satisfies LabelsOf<AccessChange>,
  AccessShare: {
    cells: inherited,
    indicators: inherited,
    periods: inherited,
    others: inherited,
  } satisfies LabelsOf<AccessShare>,
  ...disclosureLabels,
  AgreementSummary: { id: inherited, title: inherited } satisfies LabelsOf<AgreementSummary>,
  /** Names only agreements that name the viewer, so it may stand open. */
  AccessExplanation: {
    allowed: open,
    reason: open,
    message: open,
    agreement: open,
  } satisfies LabelsOf<AccessExplanation>,
} as const satisfies PolicyMap;
