import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { AnalysisPartInput, AnalysisTextInput } from "./analysis.input";
import type { Step } from "./analysis.queries";

/** The statements of the subgraph's writes about analyses. The database's guards hold for each of them. */

/** Everybody who works on one year takes turns, until the end of the transaction. */
export async function lockYear(manager: EntityManager, year: number): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", [`${year}`]);
}

export async function insertStep(
  manager: EntityManager,
  { id: actor }: Viewer,
  year: number,
  step: Step,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_step (year, step, actor) VALUES ($1, $2, $3)",
    [year, step, actor],
  );
}

export async function insertNarrative(
  manager: EntityManager,
  { id: actor }: Viewer,
  { year, section, body }: AnalysisTextInput,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_narrative (year, section, body, actor) VALUES ($1, $2, $3, $4)",
    [year, section, body, actor],
  );
}

export async function insertComment(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  { year, section, body }: AnalysisTextInput,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_comment (year, owner, section, body, actor) VALUES ($1, $2, $3, $4, $5)",
    [year, partner, section, body, actor],
  );
}

export async function insertPart(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  { year, indicators, audience, tlp }: AnalysisPartInput,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_part (year, owner, indicators, audience, tlp, proposed_by) VALUES ($1, $2, $3, $4, $5, $6)",
    [year, partner, indicators, audience, tlp, actor],
  );
}

/** The database freezes the tables with it. */
export async function insertClearance(
  manager: EntityManager,
  { partner, id }: Viewer,
  part: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_clearance (part_id, owner, actor) VALUES ($1, $2, $3)",
    [part, partner, id],
  );
}

export async function insertWithdrawal(
  manager: EntityManager,
  { partner, id }: Viewer,
  part: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.analysis_withdrawal (part_id, owner, actor) VALUES ($1, $2, $3)",
    [part, partner, id],
  );
}
