import type { LabelsOf, PolicyMap, Sensitivity } from "../../shared/policy/sensitivity";
import type {
  AccessExplanation,
  Agreement,
  AgreementConnection,
  AgreementEdge,
  AgreementSummary,
  AgreementTerm,
  PageInfo,
} from "./agreement.type";
import type { Partner, ViewerSelf } from "./partner.type";
import type { Country, Indicator } from "./reference";

const open = "PUBLIC";
const party = "PARTY";

/** How closely each field of this room is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  Query: { viewer: open, agreements: "PARTNER", explainAccess: open },
  Viewer: { id: open, partner: open, roles: open } satisfies LabelsOf<ViewerSelf>,
  Partner: { code: open, name: open, kind: open, country: open } satisfies LabelsOf<Partner> & { country: Sensitivity },
  Country: { code: open } satisfies LabelsOf<Country>,
  Indicator: { code: open } satisfies LabelsOf<Indicator>,
  Agreement: {
    id: party,
    title: party,
    kind: party,
    status: party,
    parties: party,
    validFrom: party,
    validUntil: party,
    note: party,
    terms: party,
  } satisfies LabelsOf<Agreement>,
  AgreementTerm: {
    category: party,
    owners: party,
    viewers: party,
    everyPartner: party,
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
  AgreementConnection: {
    nodes: "INHERITED",
    edges: "INHERITED",
    pageInfo: "INHERITED",
    totalCount: "INHERITED",
  } satisfies LabelsOf<AgreementConnection>,
  AgreementEdge: { cursor: "INHERITED", node: "INHERITED" } satisfies LabelsOf<AgreementEdge>,
  PageInfo: {
    hasNextPage: "INHERITED",
    hasPreviousPage: "INHERITED",
    startCursor: "INHERITED",
    endCursor: "INHERITED",
  } satisfies LabelsOf<PageInfo>,
  AgreementSummary: { id: "INHERITED", title: "INHERITED" } satisfies LabelsOf<AgreementSummary>,
  /** Names only agreements that name the viewer, so it may stand open. */
  AccessExplanation: {
    allowed: open,
    reason: open,
    message: open,
    agreement: open,
  } satisfies LabelsOf<AccessExplanation>,
} as const satisfies PolicyMap;
