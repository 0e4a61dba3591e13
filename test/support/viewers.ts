import type { Identity, PartnerFacts, Viewer } from "../../shared/viewer/viewer";

/** Partners of the demo world that are no national authorities. */
const OTHERS: Readonly<Record<string, PartnerFacts>> = {
  FRONTEX: { kind: "INSTITUTION", country: null },
  UNODC: { kind: "INSTITUTION", country: null },
  SECRETARIAT: { kind: "SECRETARIAT", country: null },
  AUDITOR: { kind: "AUDITOR", country: null },
  NLD: { kind: "OBSERVER", country: "NLD" },
};

/** What the exchange has recorded of a partner of the demo world; any other code is a national authority. */
export function factsOf(partner: string): PartnerFacts {
  return OTHERS[partner] ?? { kind: "NATIONAL_AUTHORITY", country: partner };
}

/** The viewer that a subgraph makes of an identity. */
export function viewerOf(identity: Identity): Viewer {
  return { ...identity, ...factsOf(identity.partner) };
}
