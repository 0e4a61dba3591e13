import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Public reference data: code lists, the indicator catalogue, countries and their dated, sourced roles in the networks.
 * The files stand beside this one and, like every migration, never change once released: a correction is a new one.
 */
export class ReferenceData1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AREAS, [csv("areas.csv")]);
    await runner.query(COUNTRIES, [csv("areas.csv"), csv("countries.csv")]);
    await runner.query(MEMBERSHIPS, [csv("memberships.csv")]);
    await runner.query(CODES, [csv("codelists.csv")]);
    await runner.query(INDICATORS, [text("indicators.json")]);
    await runner.query(INDICATOR_SETS, [text("indicator-sets.json")]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`TRUNCATE indicators.area, indicators.code, indicators.indicator, indicators.indicator_set,
      countries.membership, countries.country CASCADE`);
  }
}

function text(file: string): string {
  return readFileSync(join(__dirname, "reference", file), "utf8");
}

/** Rows as JSON, empty fields as null. */
function csv(file: string): string {
  return JSON.stringify(
    parse(text(file), { columns: true, cast: (value) => (value === "" ? null : value) }),
  );
}

const AREAS = `
INSERT INTO indicators.area (code, name, kind)
SELECT a.code, a.name, a.kind FROM jsonb_to_recordset($1::jsonb) AS a (code text, name text, kind text)`;

const COUNTRIES = `
INSERT INTO countries.country (code, alpha2, numeric_code, name, note, in_directory)
SELECT a.code, a.alpha2, a.numeric, coalesce(c."displayName", a.name), c.note, c.code IS NOT NULL
FROM jsonb_to_recordset($1::jsonb) AS a (code text, alpha2 text, numeric text, name text, kind text)
LEFT JOIN jsonb_to_recordset($2::jsonb) AS c (code text, "displayName" text, note text) ON c.code = a.code
WHERE a.kind = 'COUNTRY' OR a.code = 'XKX'`;

const MEMBERSHIPS = `
INSERT INTO countries.membership (country, network, role, since, until, source)
SELECT m.country, m.network, m.role, m.since, m.until, m.source
FROM jsonb_to_recordset($1::jsonb) AS m (country text, network text, role text, since date, until date, source text)`;

const CODES = `
INSERT INTO indicators.code (dimension, code, name)
SELECT c.dimension, c.code, c.name FROM jsonb_to_recordset($1::jsonb) AS c (dimension text, code text, name text)`;

const INDICATORS = `
INSERT INTO indicators.indicator (code, version, name, definition, unit, counts_nationals_of, protects_citizens, dimensions,
  cubes, fran_code, caveat, source, in_default_set, valid_from, position)
SELECT i.code, i.version, i.name, i.definition, i.unit, i."countsNationalsOf", i."protectsCitizens", i.dimensions,
  i.cubes, i."franCode", i.caveat, i.source, i."default", i."validFrom", i.position
FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (code text, version integer, name text, definition text, unit text,
  "countsNationalsOf" text, "protectsCitizens" boolean, dimensions text[], cubes jsonb, "franCode" text, caveat text,
  source text, "default" boolean, "validFrom" date)) WITH ORDINALITY AS i (code, version, name, definition, unit,
  "countsNationalsOf", "protectsCitizens", dimensions, cubes, "franCode", caveat, source, "default", "validFrom", position)`;

const INDICATOR_SETS = `
INSERT INTO indicators.indicator_set (code, version, name, indicators, valid_from, assumption_note, source)
SELECT s.code, s.version, s.name, s.indicators, s."validFrom", s."assumptionNote", s.source
FROM jsonb_to_recordset($1::jsonb) AS s (code text, version integer, name text, indicators text[], "validFrom" date,
  "assumptionNote" text, source text)`;
