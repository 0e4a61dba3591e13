import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { SubgraphOptions } from "../../shared/graphql/subgraph-options";
import { UserError } from "../../shared/graphql/user-error";
import { AccessResolver } from "./access/access.resolver";
import { AccessExplanation, AgreementSummary } from "./access/access.type";
import { AccessChange, AccessShare, AgreementPreview } from "./access/preview.type";
import { ViewersResolver } from "./access/viewers.resolver";
import { CellViewer } from "./access/viewers.type";
import { AgreementMutations, AgreementPayload } from "./agreements/agreement.mutation";
import { AgreementResolver } from "./agreements/agreement.resolver";
import * as agreementTypes from "./agreements/agreement.type";
import { DisclosureResolver } from "./disclosures/disclosure.resolver";
import * as disclosureTypes from "./disclosures/disclosure.type";
import { createLoaders, type Loaders } from "./loaders";
import { GroupResolver } from "./partners/group.resolver";
import { GroupMember, PartnerGroup, PartnerGroupPayload } from "./partners/group.type";
import { PartnerRecord } from "./partners/partner.entity";
import { Partner, ViewerSelf } from "./partners/partner.type";
import { Country, Indicator } from "./partners/reference";
import { policy } from "./sharing.policy";

export function buildSharing(): Promise<BuiltSubgraph> {
  const {
    Agreement,
    AgreementConnection,
    AgreementEdge,
    AgreementEvent,
    AgreementTerm,
    AgreementVersion,
    Signature,
  } = agreementTypes;
  const { Disclosure, DisclosureConnection, DisclosureEdge, LogExport, LogFault, LogVerification } =
    disclosureTypes;
  return buildSubgraph({
    name: "sharing",
    resolvers: [
      AccessResolver,
      AgreementResolver,
      AgreementMutations,
      GroupResolver,
      ViewersResolver,
      DisclosureResolver,
    ],
    types: [
      Partner,
      ViewerSelf,
      Country,
      Indicator,
      AgreementSummary,
      AccessExplanation,
      PageInfo,
      Marking,
      AgreementPayload,
      UserError,
      PartnerGroup,
      GroupMember,
      PartnerGroupPayload,
      CellViewer,
      AgreementPreview,
      AccessChange,
      AccessShare,
      Disclosure,
      DisclosureConnection,
      DisclosureEdge,
      LogExport,
      LogFault,
      LogVerification,
      Agreement,
      AgreementConnection,
      AgreementEdge,
      AgreementEvent,
      AgreementTerm,
      AgreementVersion,
      Signature,
    ],
    policy,
    lists: {
      "Query.agreements": { slicing: "first" },
      "AgreementConnection.nodes": { assumed: 1 },
      "AgreementConnection.edges": { assumed: 1 },
      "Agreement.parties": { assumed: 10 },
      "Agreement.terms": { assumed: 1 },
      "Agreement.signatures": { assumed: 10 },
      "Agreement.versions": { assumed: 1 },
      "Agreement.history": { assumed: 10 },
      "Query.whoCanSee": { assumed: 20 },
      "Query.disclosures": { slicing: "first" },
      "DisclosureConnection.nodes": { assumed: 1 },
      "DisclosureConnection.edges": { assumed: 1 },
      "LogVerification.faults": { assumed: 5 },
      "Query.partnerGroups": { assumed: 5 },
      "PartnerGroup.members": { assumed: 10 },
      "AgreementPreview.changes": { assumed: 20 },
      "AgreementVersion.terms": { assumed: 1 },
      "AgreementVersion.signatures": { assumed: 10 },
      "AgreementTerm.owners": { assumed: 10 },
      "AgreementTerm.viewers": { assumed: 10 },
      "AgreementTerm.indicators": { assumed: 8 },
    },
    references: {
      Partner: ({ code }: { code: string }, { loaders }: { loaders: Loaders }) =>
        loaders.partner.load(code),
    },
  });
}

export async function openSharing(options: SubgraphOptions): Promise<SubgraphServer> {
  const dataSource = await openDatabase({
    ...options.database,
    role: "accord_sharing",
    entities: [PartnerRecord],
  });
  return serveSubgraph({
    subgraph: await buildSharing(),
    verifier: options.verifier("sharing"),
    logger: options.logger,
    openContext: (verified) => openRequest(dataSource, verified, createLoaders),
    ...databaseOf(dataSource, options.logWriter),
  });
}
