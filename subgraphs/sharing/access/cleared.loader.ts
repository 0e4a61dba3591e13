import type { EntityManager } from "typeorm";
import type { Audience } from "../../../shared/policy/cleared";
import { decide } from "../../../shared/policy/decide";
import type { PartnerFacts, Viewer } from "../../../shared/viewer/viewer";
import type { Cell } from "./access.rules";
import type { TermFor } from "./viewers.queries";

/** A partner that reads a cell in the common version of a year's analysis. */
export interface ClearedFor {
  partner: string;
  year: number;
}

interface Part {
  year: number;
  audience: Audience;
  stands: boolean;
  published: boolean;
  releasedAt: Date;
}

/** By the same decision as the reading itself, asked for each partner with its agreements and the networks it is in today. */
export async function clearedFor(
  manager: EntityManager,
  owner: string,
  { indicator, period, dimensions }: Cell,
  { terms, now }: { terms: readonly TermFor[]; now: Date },
): Promise<ClearedFor[]> {
  const parts: Part[] = await manager.query(
    'SELECT year, audience, stands, published, released_at AS "releasedAt" FROM indicators.my_cleared($1, $2, $3)',
    [indicator, period.code, dimensions],
  );
  if (parts.length === 0) return [];
  const readers: (PartnerFacts & { partner: string; networks: string[] })[] = await manager.query(
    READERS,
    [owner],
  );
  return parts.flatMap(({ year, ...part }) =>
    readers.flatMap(({ partner, networks, kind, country }): ClearedFor[] => {
      const resource = {
        category: "ANALYSIS",
        owner,
        year,
        indicator,
        periods: [period.code],
        dimensions,
      } as const;
      const viewer: Viewer = { id: "whoCanSee", partner, roles: ["ANALYST"], kind, country };
      const all = terms.filter((one) => one.viewer === partner).map(({ term }) => term);
      return decide(viewer, { ...resource, ...part, networks }, { now, all }).allowed
        ? [{ partner, year }]
        : [];
    }),
  );
}

/** An auditor's people read no content, whoever they are. */
const READERS = `
SELECT p.code AS partner, p.kind, p.country, coalesce(m.networks, '{}') AS networks
FROM sharing.partner p LEFT JOIN countries.participants() m ON m.country = p.code
WHERE p.code <> $1 AND p.kind <> 'AUDITOR' ORDER BY p.code`;
