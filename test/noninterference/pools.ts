/** Values worth asking with: those that exist in one of two worlds only before all others. */
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from "graphql";
import type { Client } from "pg";
import { info, inHours } from "../support/alerts";
import { OWNERS } from "../support/expectation";
import type { House } from "../support/house";
import { analystOf } from "../support/people";
import { byCitizenship } from "../support/reports";

export interface Pools {
  /** From and to, of one frequency. */
  readonly spans: readonly (readonly [string, string])[];
  /** Lists as a whole, where their items make sense only together; by the argument's name. */
  readonly lists: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Inputs that are nearly in order; by the type's name. */
  readonly inputs: ReadonlyMap<string, readonly object[]>;
  /** @param of the type and field, or the input type, to which the argument of this name belongs */
  scalar(type: string, name: string, of: string): readonly unknown[];
}

/** The schema as whoever is signed in is told it. */
export async function schemaOf(house: House): Promise<GraphQLSchema> {
  const { data } = await house.ask(analystOf("PAK"), getIntrospectionQuery());
  return buildClientSchema(data);
}

/** Every text by which an object may be asked for, by table, from any room's tables: what a later room adds is found too. */
export type Names = ReadonlyMap<string, readonly string[]>;

const COLUMNS = `
SELECT table_schema || '.' || table_name AS "table", column_name AS "column" FROM information_schema.columns
WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'public', 'alerts_job') AND data_type IN ('text', 'uuid')
  AND (column_name IN ('id', 'identifier', 'reference', 'cursor', 'key', 'request_id') OR column_name LIKE '%\\_id')
ORDER BY 1, 2`;
const MOST = 400;

/** @param most of each kind */
export async function namesIn(sql: Client, most: number | "ALL" = "ALL"): Promise<Names> {
  const names = new Map<string, string[]>();
  for (const { table, column } of (await sql.query(COLUMNS)).rows) {
    const { rows } = await sql.query(
      `SELECT DISTINCT ${column}::text AS name FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1 DESC LIMIT ${most}`,
    );
    names.set(
      `${table}.${column}`,
      rows.map(({ name }) => name),
    );
  }
  return names;
}

/** A few of what both have and, ahead of them, what only one has. */
function telling(one: Names, other: Names): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...one.keys()].map((place) => {
      const [a, b] = [one, other].map((names) => names.get(place) ?? []) as [readonly string[], readonly string[]];
      const single = [...a.filter((name) => !b.includes(name)), ...b.filter((name) => !a.includes(name))].slice(0, 8);
      const shared = a.filter((name) => b.includes(name)).slice(0, 6);
      return [place, [...single, ...shared]];
    }),
  );
}

const cursorTo = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");
const UNKNOWN = ["00000000-0000-7000-8000-00000000dead", "A-00000dead0"];

/** Rooms whose words for a thing differ between the API and the tables. */
const SAME: Readonly<Record<string, string>> = { report: "submission", webhook: "endpoint", group: "partner_group" };

export async function poolsFor(viewer: string, first: Client, second: Client): Promise<Pools> {
  const places = telling(await namesIn(first, MOST), await namesIn(second, MOST));
  const all = [...new Set([...[...places.values()].flatMap((names) => names.slice(0, 4)), ...UNKNOWN])];
  const partners = [
    viewer,
    "TUR",
    "IRQ",
    "PAK",
    "AUT",
    "HUN",
    "DEU",
    "SRB",
    "GBR",
    "FRONTEX",
    "UNODC",
    "SECRETARIAT",
    "XXX",
  ];

  function ids(name: string, of: string): readonly string[] {
    if (/indicator/i.test(name)) return ["ASY", "IST", "REF", "RET", "IBC", "DOC", "THB", "XXX"];
    if (/^(owners?|viewers?|partners?|state)$/.test(name)) return partners;
    if (/section/i.test(name)) return ["IRN-TUR", "IRQ-TUR", "AFG-PAK", "XXX-YYY"];
    const words = `${of} ${name}`.toLowerCase();
    const fitting = [...places].filter(([place]) => {
      const table = place.split(".")[1] as string;
      return (
        Object.entries(SAME).some(([api, kept]) => kept === table && words.includes(api)) ||
        words.includes(table.split("_")[0] as string)
      );
    });
    const likely = fitting.flatMap(([, names]) => names);
    return [...likely, ...likely, ...all];
  }

  function texts(name: string, of: string): readonly string[] {
    if (/after|before|cursor/i.test(name)) {
      const feed = likelyCursors(places);
      return /feed/i.test(of) ? [...feed, "start"] : [...ids("", of).map(cursorTo), ...feed.slice(0, 2), "x"];
    }
    if (/key/i.test(name)) return [...(places.get("sharing.idempotency_key.key") ?? []), "fresh"];
    if (/kind/i.test(name)) return ["FOCAL_PERSON", "NATIONAL_CONTACT_POINT"];
    return ["Text", "", ...ids(name, of).slice(0, 6)];
  }

  const byType: Readonly<Record<string, readonly unknown[]>> = {
    CountryCode: OWNERS,
    Period: ["2015-Q3", "2015", "2014-Q1", "2023-Q1", "2023", "2026-Q3"],
    Int: [1, 2, 3, 20, 100, 0],
    Float: [0, 1.5],
    Boolean: [true, false],
    DateTime: ["2016-01-01T00:00:00Z", "2022-06-01T00:00:00Z", "2099-01-01T00:00:00Z"],
    Date: ["2016-01-01", "2022-06-01", "2099-01-01"],
    DimensionName: ["CITIZENSHIP", "SEX", "AGE_GROUP"],
    EmailAddress: ["desk@example.org"],
    JSONObject: [{}],
  };
  return {
    spans: [
      ["2015-Q3", "2015-Q3"],
      ["2014-Q1", "2016-Q2"],
      ["2015", "2015"],
      ["2013", "2019"],
      ["2022-Q4", "2023-Q4"],
      ["2021", "2023"],
      ["2016-Q1", "2015-Q1"],
    ],
    lists: new Map([
      ["by", [[], ["CITIZENSHIP"], ["CITIZENSHIP"], ["SEX"], ["CITIZENSHIP", "SEX"]]],
      ["reporters", [["AUT"], ["DEU", "HUN"], ["TUR", "AUT", "BGR"], OWNERS]],
      ["indicators", [["ASY"], ["REF"], ["ASY", "IST"], ["REF", "RET", "DOC"]]],
      ["citizenships", [["AFG"], ["PAK", "SYR", "TUV"], ["_U", "IRQ"]]],
    ]),
    inputs: inputsFor(viewer),
    scalar(type, name, of) {
      if (type === "ID") return ids(name, of);
      return byType[type] ?? texts(name, of);
    },
  };
}

/** The feed's cursors are no encoded ids. */
const likelyCursors = (places: Names): readonly string[] =>
  [...places].flatMap(([place, names]) => (place.endsWith(".cursor") ? names : []));

function inputsFor(viewer: string): Pools["inputs"] {
  const expires = inHours(48);
  const figures = byCitizenship({ AFG: 40, SYR: 25 });
  const terms = [
    { category: "STATISTICS", owners: [viewer], viewers: ["HUN"], indicators: ["ASY"], detail: ["CITIZENSHIP"] },
  ];
  const toOthers = (partners: string[]) => ({
    ...{ status: "Actual", tlp: "AMBER", addresses: { partners } },
    info: [info({ expires })],
  });
  return new Map<string, readonly object[]>([
    [
      "SubmitQuarterlyReportInput",
      ["2023-Q1", "2023-Q2", "2015-Q3"].map((period) => ({
        ...{ indicator: "ASY", period, figures, comment: "Checked by hand" },
      })),
    ],
    ["ProposeAgreementInput", [{ title: "Test", kind: "BILATERAL", terms }]],
    ["IssueAlertInput", [toOthers(["TUR"]), toOthers(["HUN", "FRONTEX"])]],
    [
      "ChangePartnerGroupInput",
      [
        { id: "NEIGHBOURS", name: "Neighbours", add: ["TUR"] },
        { id: "BALKANS", add: ["SRB"] },
      ],
    ],
    ["ProposeImpactInput", [{ section: "IRN-TUR", state: "TUR", period: "2026-Q3", level: "HIGH" }]],
  ]);
}
