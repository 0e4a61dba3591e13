/**
 * Figures: every released table that no agreement opens to the viewer says something else in the second world, at its
 * detail; some are missing there. Before that, owners release new reports and amend old ones through the API in both
 * worlds, the new ones with the same totals and other parts: all tables are computed as a release computes them.
 * That something is released, and when, is public (rule 10) and the same in both.
 */
import { accessTo, type Cell, OWNERS, published } from "../support/expectation";
import { byCitizenship, type Figure, release } from "../support/reports";
import type { World } from "./parting";
import { rewriting } from "./rewriting";

interface Place {
  readonly owner: string;
  readonly indicator: string;
  readonly period: string;
  readonly breakdown: string;
}

const dimensionsOf = ({ breakdown }: Pick<Place, "breakdown">): string[] =>
  breakdown.split(",").filter(Boolean);
const accessAt = (viewer: string, place: Place) =>
  accessTo(viewer, place.owner, place.indicator, dimensionsOf(place), place.period);

export async function hideFigures(viewer: string, a: World, b: World): Promise<void> {
  await releaseOthers(viewer, a, b);
  for (const world of [a, b]) await atOneInstant(world);
  await changeTables(viewer, b);
  await expectSameView(viewer, a, b);
}

const PLACES =
  "SELECT DISTINCT owner, indicator, period, breakdown FROM indicators.released_table ORDER BY 1, 2, 3, 4";

async function changeTables(viewer: string, { sql }: World): Promise<void> {
  const places: Place[] = (await sql.query(PLACES)).rows;
  const hidden = places.filter((place) => accessAt(viewer, place) === null);
  const gone = hidden.filter(({ breakdown }, at) => breakdown !== "" && at % 5 === 0);
  await sql.query(
    `DELETE FROM indicators.released_table t ${AT_PLACES}`.replace("FROM jsonb", "USING jsonb"),
    [JSON.stringify(gone)],
  );
  await sql.query(CHANGE, [JSON.stringify(hidden)]);
  const open = places.flatMap((place) => {
    const access = accessAt(viewer, place);
    return access === null ? [] : [{ ...place, control: access.control }];
  });
  await sql.query(CHANGE_FORMS, [JSON.stringify(open), viewer]);
  await sql.query("UPDATE indicators.figure SET value = value + 11 WHERE owner <> $1", [viewer]); // the owner's alone
}

/** Where a place stands in the statement's parameter. */
const AT_PLACES = `FROM jsonb_to_recordset($1::jsonb) AS p (owner text, indicator text, period text, breakdown text)
WHERE t.owner = p.owner AND t.indicator = p.indicator AND t.period = p.period AND t.breakdown = p.breakdown`;

/** The cells change places, and each is larger. */
const LARGER = `UPDATE indicators.released_table t SET
  values = (SELECT coalesce(array_agg(v + 11 ORDER BY n DESC), '{}') FROM unnest(t.values) WITH ORDINALITY AS u (v, n)),
  statuses = (SELECT coalesce(array_agg(s ORDER BY n DESC), '{}') FROM unnest(t.statuses) WITH ORDINALITY AS u (s, n))`;
const CHANGE = `${LARGER} ${AT_PLACES}`;

/**
 * What the viewer is shown suppressed, rounded or without its own people has other figures behind it: the exact table is
 * for others, and so is each form under another control or cut for another country. The form that it reads stays the same.
 */
const CHANGE_FORMS = `${LARGER} ${AT_PLACES.replace("breakdown text)", "breakdown text, control text)")}
  AND (t.control <> p.control OR t.audience <> $2)`;

/**
 * One of each world. The sums are the same, no part is so small that the total would have to hide it, and none is of a
 * partner's own people, for whom the total is cut.
 */
const PARTS: readonly Readonly<Record<string, number>>[] = [
  { SYR: 300, SOM: 200, ERI: 100 },
  { NGA: 300, SYR: 150, MAR: 120, SOM: 30 },
];

function bySex(parts: Readonly<Record<string, number>>): Figure[] {
  const cells = Object.entries(parts).flatMap(([code, value]) =>
    [
      ["F", Math.floor(value / 3)],
      ["M", value - Math.floor(value / 3)],
    ].map(([sex, part]) => ({
      key: [
        { dimension: "CITIZENSHIP", code },
        { dimension: "SEX", code: String(sex) },
      ],
      value: Number(part),
    })),
  );
  return [...byCitizenship(parts), ...cells];
}

async function releaseOthers(viewer: string, a: World, b: World): Promise<void> {
  const owners = OWNERS.filter(
    (owner) =>
      owner !== viewer &&
      ["2014-Q1", "2022-Q4"].every(
        (period) => accessTo(viewer, owner, "ASY", ["CITIZENSHIP"], period) === null,
      ),
  ).slice(0, 3);
  for (const owner of owners) {
    for (const [at, { exchange }] of [a, b].entries())
      await release(exchange, owner, {
        indicator: "ASY",
        period: "2022-Q4",
        figures: bySex(PARTS[at] as Record<string, number>),
      });
    const table = published(owner, "ASY", "2014-Q1");
    if (!table) continue;
    const figures = amended(table);
    for (const { exchange } of [a, b]) await release(exchange, owner, { ...AMENDMENT, figures });
  }
}

const AMENDMENT = { indicator: "ASY", period: "2014-Q1", baseVersion: 1, reason: "Counted anew" };

/** The published report without its small cells. */
function amended(table: ReadonlyMap<string, Cell>): Figure[] {
  const cells = [...table].filter(
    ([code, { value }]) => code.length === 3 && value !== null && value >= 20,
  );
  return byCitizenship(
    Object.fromEntries(cells.map(([code, { value }]) => [code, value as number])),
  );
}

const INSTANTS = `SELECT table_schema || '.' || table_name AS "table", column_name AS "column"
FROM information_schema.columns WHERE table_schema = 'indicators' AND data_type = 'timestamp with time zone'`;

/** The releases happened one after the other; when is public, so let it be the same instant. */
async function atOneInstant({ sql, parted }: World): Promise<void> {
  const { rows } = await sql.query(INSTANTS);
  await rewriting(sql, async () => {
    for (const { table, column } of rows)
      await sql.query(`UPDATE ${table} SET ${column} = $1 WHERE ${column} > $1`, [
        new Date(parted),
      ]);
  });
}

const TABLES = `
SELECT owner, indicator, period, breakdown, version, control, audience, cut, keys, values, statuses, sources
FROM indicators.released_table WHERE control = 'NONE' OR owner <> $1
ORDER BY owner, indicator, period, breakdown, version, control, audience`;

/** Said as data, before anything is asked: in what the rules open to the viewer the two worlds are one. */
async function expectSameView(viewer: string, a: World, b: World): Promise<void> {
  const [one, other] = await Promise.all(
    [a, b].map(async ({ sql }) => {
      const { rows } = await sql.query(TABLES, [viewer]);
      return rows.filter((row) => {
        const isForIt = row.audience === null || row.audience === viewer;
        return isForIt && accessAt(viewer, row)?.control === row.control;
      });
    }),
  );
  for (const [at, row] of (one ?? []).entries()) {
    if (JSON.stringify(row) !== JSON.stringify(other?.[at]))
      throw new Error(`${viewer} may see a difference: ${JSON.stringify([row, other?.[at]])}`);
  }
  if (one?.length !== other?.length) throw new Error(`${viewer} may see another number of tables`);
}
