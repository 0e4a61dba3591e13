import type { EntityManager } from "typeorm";
import type { PartnerFacts, Viewer } from "../../../shared/viewer/viewer";
import type { Known } from "./proposal.rules";

/** Who and what a proposal may name. Groups are the reader's own: row-level security shows no others. */
export async function readKnown(manager: EntityManager, viewer: Viewer): Promise<Known> {
  const [row] = await manager.query(KNOWN);
  return {
    now: row.now,
    partners: new Map(Object.entries(row.partners as Record<string, PartnerFacts>)),
    indicators: new Map(Object.entries((row.indicators ?? {}) as Record<string, string[]>)),
    groups: new Set(row.groups as string[]),
    proposer: viewer.partner,
  };
}

const KNOWN = `
SELECT sharing.instant() AS now,
  (SELECT json_object_agg(code, json_build_object('kind', kind, 'country', country)) FROM sharing.partner) AS partners,
  (SELECT json_object_agg(c.code, c.dimensions) FROM indicators.catalogue() c) AS indicators,
  ARRAY(SELECT id FROM sharing.partner_group) AS groups`;
