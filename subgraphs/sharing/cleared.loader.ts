import type { EntityManager } from "typeorm";
import type { Audience } from "../../shared/policy/cleared";
import { decide } from "../../shared/policy/decide";
import type { Terms } from "../../shared/policy/terms";
import type { Cell } from "./access.rules";

/** A partner that reads a cell in the common version of a year's analysis. */
export interface ClearedFor {
  partner: string;
  year: number;
}

/** By the same decision as the reading itself, asked for each partner with the networks that it is in today. */
export async function clearedFor(
  manager: EntityManager,
  owner: string,
  { indicator, period, dimensions }: Cell,
  terms: Terms,
): Promise<ClearedFor[]> {
  const parts: { year: number; audience: Audience; stands: boolean; published: boolean }[] = await manager.query(
    "SELECT year, audience, stands, published FROM indicators.my_cleared($1, $2, $3)",
    [indicator, period.code, dimensions],
  );
  if (parts.length === 0) return [];
  const readers: { partner: string; networks: string[] }[] = await manager.query(READERS, [owner]);
  return parts.flatMap(({ year, ...part }) =>
    readers.flatMap(({ partner, networks }): ClearedFor[] => {
      const resource = { category: "ANALYSIS", owner, year, indicator, periods: [period.code], dimensions } as const;
      const viewer = { id: "whoCanSee", partner, roles: ["ANALYST"] } as const;
      return decide(viewer, { ...resource, ...part, networks }, terms).allowed ? [{ partner, year }] : [];
    }),
  );
}

/** An auditor's people read no content, whoever they are. */
const READERS = `
SELECT p.code AS partner, coalesce(m.networks, '{}') AS networks
FROM sharing.partner p LEFT JOIN countries.participants() m ON m.country = p.code
WHERE p.code <> $1 AND p.kind <> 'AUDITOR' ORDER BY p.code`;
