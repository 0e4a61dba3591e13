import type { EntityManager } from "typeorm";
import type { PerformanceReason } from "./performance.type";

export interface PerformanceRow {
  reason: PerformanceReason | null;
  concluded: number | null;
  median_hours: number | null;
  limited: number | null;
  on_time: number | null;
}

/** The database counts what this subgraph may not see, and says nothing below the threshold. */
export async function readPerformance(
  manager: EntityManager,
  year: number,
): Promise<PerformanceRow> {
  const [row] = await manager.query("SELECT * FROM cooperation.performance($1)", [year]);
  return row;
}
