import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { RefusalGround, RefusalScope } from "../requests/request.words";
import type { AnswerInput } from "./answer.input";
import type { GrantToStore } from "./grant.rules";

export interface ResponseToStore {
  reference: string;
  content: string | null;
  refusal: { ground: RefusalGround; scope: RefusalScope; explanation: string | null } | null;
  marking: Pick<AnswerInput, "tlp" | "handling" | "handlingNote" | "evaluation">;
  usableAsEvidence: boolean;
}

/** The next part of the answer. */
export async function insertResponse(
  manager: EntityManager,
  viewer: Viewer,
  response: ResponseToStore,
): Promise<void> {
  const { reference, content, refusal, marking, usableAsEvidence } = response;
  await manager.query(INSERT_RESPONSE, [
    reference,
    viewer.partner,
    viewer.id,
    content,
    refusal?.ground ?? null,
    refusal?.scope ?? null,
    refusal?.explanation ?? null,
    marking.tlp,
    marking.handling,
    marking.handlingNote ?? null,
    marking.evaluation?.source ?? null,
    marking.evaluation?.information ?? null,
    usableAsEvidence,
  ]);
}

const INSERT_RESPONSE = `
INSERT INTO cooperation.response (reference, part, author, actor, content, refusal_ground, refusal_scope, explanation, tlp, handling,
  handling_note, source_evaluation, information_evaluation, usable_as_evidence)
VALUES ($1, (SELECT 1 + coalesce(max(part), 0) FROM cooperation.response WHERE reference = $1),
  $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

export async function insertGrant(
  manager: EntityManager,
  viewer: Viewer,
  { reference, requester, grant }: { reference: string; requester: string; grant: GrantToStore },
): Promise<void> {
  await manager.query(INSERT_GRANT, [
    reference,
    viewer.partner,
    requester,
    grant.indicators,
    grant.detail,
    grant.dataFrom,
    grant.dataUntil,
    grant.disclosureControl,
    grant.embargoDays,
    grant.validUntil,
    viewer.id,
    mayApprove(viewer),
  ]);
}

const INSERT_GRANT = `
INSERT INTO cooperation.proposed_grant (reference, owner, viewer, indicators, detail, data_from, data_until, disclosure_control,
  embargo_days, valid_until, proposed_by, proposer_approver)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

export async function insertConfirmation(
  manager: EntityManager,
  viewer: Viewer,
  reference: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO cooperation.grant_confirmation (reference, owner, actor, approver) VALUES ($1, $2, $3, $4)",
    [reference, viewer.partner, viewer.id, mayApprove(viewer)],
  );
}

/** Makes the agreement: versions, signatures and acts, under the guards that hold for every agreement. */
export async function agreeOnRequest(manager: EntityManager, reference: string): Promise<void> {
  await manager.query("SELECT sharing.agree_on_request($1)", [reference]);
}

/** What the catalogue has: code → dimensions. */
export async function readCatalogue(
  manager: EntityManager,
): Promise<Map<string, readonly string[]>> {
  const rows: { code: string; dimensions: string[] }[] = await manager.query(
    "SELECT * FROM indicators.catalogue()",
  );
  return new Map(rows.map(({ code, dimensions }) => [code, dimensions]));
}
