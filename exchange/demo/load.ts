import type { EntityManager } from "typeorm";
import { openAsOwner } from "../../migrations/migrate";
import { parsePeriod } from "../../shared/period";
import { type Linked, linkedTo, yearOf } from "../../subgraphs/indicators/disclosure/linked";
import {
  type Release,
  type ReleaseRules,
  storeRelease,
} from "../../subgraphs/indicators/release/release.service";
import { loadAlerts } from "./alerts";
import { loadCommunity } from "./community";
import { csv, list, type Row } from "./files";
import { loadRequests } from "./requests";

/**
 * Loads the demo world, all or nothing, once: real published figures with their attribution, the fictional agreements
 * A01 to A15, fictional contacts, messages and requests. A database that has partners already is left as it is.
 */
export async function loadDemo(url: string): Promise<"loaded" | "kept"> {
  const dataSource = await openAsOwner(url);
  try {
    return await dataSource.transaction(async (manager) => {
      await manager.query("LOCK TABLE sharing.partner IN EXCLUSIVE MODE");
      const [{ count }] = await manager.query("SELECT count(*)::int AS count FROM sharing.partner");
      if (count > 0) return "kept";
      await manager.query("INSERT INTO sharing.world (demo) VALUES (true)");
      await loadSharing(manager);
      await loadCommunity(manager);
      await loadStatistics(manager);
      await loadAlerts(manager);
      await loadRequests(manager);
      return "loaded";
    });
  } finally {
    await dataSource.destroy();
  }
}

async function loadSharing(manager: EntityManager): Promise<void> {
  for (const { code, name, kind } of csv("partners.csv")) {
    await manager.query("INSERT INTO sharing.partner (code, name, kind) VALUES ($1, $2, $3)", [
      code,
      name,
      kind,
    ]);
  }
  for (const row of csv("agreements.csv")) {
    await manager.query(INSERT_AGREEMENT, [
      row.id,
      row.title,
      row.kind,
      row.status,
      midnight(row.valid_from),
      midnight(row.valid_until),
      row.note || null,
      list(row.owners),
      list(row.viewers),
    ]);
    await manager.query(INSERT_TERM, [
      row.id,
      row.category,
      list(row.owners),
      list(row.viewers),
      list(row.indicators),
      list(row.detail),
      row.category === "CONTACT_DETAILS" ? [contactKind(row)] : [],
      row.periods_from ? parsePeriod(row.periods_from)?.start : null,
      row.periods_to ? parsePeriod(row.periods_to)?.end : null,
      row.disclosure_control || "SUPPRESSION",
      Number(row.embargo_days),
      row.reciprocal === "yes",
      row.own_nationals === "yes",
    ]);
  }
}

function midnight(day: string | undefined): string | null {
  return day ? `${day}T00:00:00Z` : null;
}

/** The file says in its note which contacts an agreement opens; one that names no kind we know opens none. */
function contactKind({ note }: Row): string {
  return note === "focal persons"
    ? "FOCAL_PERSON"
    : note === "national contact points"
      ? "NATIONAL_CONTACT_POINT"
      : "";
}

/** What the file calls a status is, row by row, what its parties have done: revoked and pending ones by their owners. */
const INSERT_AGREEMENT = `
WITH agreement AS (INSERT INTO sharing.agreement (id, title, kind, convener) VALUES ($1, $2, $3, ($8::text[])[1])),
version AS (INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, valid_until, note, proposed_by, proposed_at)
  VALUES ($1, 1, $5::timestamptz, $6::timestamptz, $7, ($8::text[])[1], coalesce($5::timestamptz, now()))),
side AS (SELECT DISTINCT p.partner, p.partner = ANY ($8) AS owns FROM unnest($8::text[] || $9::text[]) AS p (partner)
  WHERE p.partner <> '*'),
party AS (INSERT INTO sharing.party (agreement_id, partner, standing, since)
  SELECT $1, partner, CASE WHEN owns AND $4 = 'REVOKED' THEN 'WITHDRAWN' ELSE 'STANDING' END,
    coalesce(CASE WHEN $4 = 'REVOKED' THEN $6::timestamptz END, $5::timestamptz, now()) FROM side)
INSERT INTO sharing.signature (agreement_id, version, partner, state, since)
SELECT $1, 1, partner, CASE WHEN owns AND $4 = 'PROPOSED' THEN 'SUBMITTED_FOR_NATIONAL_APPROVAL' ELSE 'SIGNED' END,
  coalesce($5::timestamptz, now()) FROM side`;

const INSERT_TERM = `
INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, indicators, detail, contact_kinds, data_from, data_until,
  disclosure_control, embargo_days, reciprocal, own_nationals)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

/**
 * No secret: the demo's figures are public. With this one the cuts leave the nationalities of which its stories tell
 * (Afghans in Austria, seen from Hungary and Serbia) and suppress others.
 */
const DEMO_SECRET = "demo-546";

async function loadStatistics(manager: EntityManager): Promise<void> {
  for (const source of csv("sources.csv")) {
    await manager.query(
      "INSERT INTO indicators.source (id, publisher, title, obtained_from, licence, attribution) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        source.source_id,
        source.publisher,
        source.title,
        source.obtained_from,
        licence(source),
        source.attribution,
      ],
    );
  }
  const rules: ReleaseRules = {
    protecting: new Set(
      await column(manager, "SELECT code FROM indicators.indicator WHERE protects_citizens"),
    ),
    countries: await column(manager, "SELECT * FROM sharing.country_partners() AS code"),
    secret: DEMO_SECRET,
  };
  await manager.query("INSERT INTO indicators.secret (cut) VALUES ($1)", [DEMO_SECRET]); // for what is released later
  const out = new Map<string, Linked[]>();
  for (const release of releases(csv("series.csv"))) {
    const { owner, indicator, period, figures } = release;
    const name = `${owner}/${indicator}/${yearOf(period.code)}`;
    const before = out.get(name) ?? [];
    const tables = await storeRelease(
      manager,
      { ...release, linked: linkedTo(period.code, before) },
      rules,
    );
    out.set(name, [...before, { period: period.code, version: 1, figures, tables }]);
  }
}

/** The second Eurostat source refers to the line above it. */
function licence({ licence: text, publisher }: Row): string {
  const first = csv("sources.csv").find((row) => row.publisher === publisher);
  return text === "as above" ? (first?.licence ?? "") : (text ?? "");
}

async function column(manager: EntityManager, query: string): Promise<string[]> {
  const rows: { code: string }[] = await manager.query(query);
  return rows.map(({ code }) => code);
}

const DAY = 86_400_000;
const RELEASED_AFTER_DAYS = 45;

/** One release for each reporter, indicator and period: submitted by its officer, approved by its approver. */
function releases(rows: readonly Row[]): Release[] {
  const byReport = new Map<string, Release & { figures: Release["figures"][number][] }>();
  for (const row of rows) {
    const name = `${row.reporter}/${row.indicator}/${row.period}`;
    const release = byReport.get(name) ?? { ...emptyRelease(row), figures: [] };
    const isTotal = row.citizenship === "_T";
    release.figures.push({
      dimensions: isTotal ? [] : ["CITIZENSHIP"],
      key: isTotal ? [] : [row.citizenship as string],
      value: row.value === "" ? null : Number(row.value),
      status: row.obs_status as string,
      sourceId: row.source_id as string,
    });
    byReport.set(name, release);
  }
  return [...byReport.values()];
}

function emptyRelease(row: Row): Omit<Release, "figures"> {
  const period = parsePeriod(row.period as string);
  if (!period) throw new Error(`demo data: "${row.period}" is not a period`);
  const releasedAt = new Date(Date.parse(period.end) + RELEASED_AFTER_DAYS * DAY);
  const client = (row.reporter as string).toLowerCase();
  return {
    owner: row.reporter as string,
    indicator: row.indicator as string,
    period,
    submittedBy: `${client}-officer`,
    submittedAt: releasedAt,
    approvedBy: `${client}-approver`,
    releasedAt,
  };
}
