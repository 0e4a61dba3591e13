/** The routes through which files come in and go out. */
import fc, { type Arbitrary } from "fast-check";
import { FORMATS } from "../../subgraphs/indicators/export/formats";
import type { Attempt } from "./calls";
import type { Parted } from "./parting";
import type { Pools } from "./pools";
import { type Call, fetching, uploading } from "./reply";

type Parameters = Readonly<Record<string, string>>;

/** @returns attempts by the name of their route; of a document the page, as its print is made of the same */
export function fileAttempts(
  { clients }: Parted,
  pools: Pools,
): ReadonlyMap<string, Arbitrary<Attempt>> {
  const attempts = (route: string, call: Arbitrary<Call>): [string, Arbitrary<Attempt>] => [
    route,
    fc
      .record({ client: fc.constantFrom(...clients), call })
      .map(({ client, call }) => ({ client, first: null, calls: [call, call], fields: [route] })),
  ];
  const year = fc.constantFrom(...pools.scalar("Int", "year", "").map(String));
  const version = fc.constantFrom("own", "cleared");
  const reference = fc.constantFrom(
    ...pools.scalar("ID", "reference", "CooperationRequest").map(String),
  );
  return new Map([
    attempts(
      "GET /export",
      figures(pools).map((given) => fetching("/export", given)),
    ),
    attempts(
      "GET /analysis",
      fc.record({ year, version }).map((given) => fetching("/analysis", given)),
    ),
    attempts(
      "GET /cooperation/communique",
      reference.map((one) => fetching("/cooperation/communique", { reference: one })),
    ),
    attempts(
      "POST /reports",
      fc
        .record({
          key: keys(pools),
          dryRun: fc.boolean(),
          period: fc.constantFrom("2023-Q1", "2024-Q1"),
        })
        .map(({ key, dryRun, period }) =>
          uploading({ dryRun: String(dryRun) }, fileOf(period), key),
        ),
    ),
  ]);
}

function figures(pools: Pools): Arbitrary<Parameters> {
  const listed = (name: string) =>
    fc.constantFrom(...(pools.lists.get(name) ?? [[]])).map((list) => list.join());
  return fc
    .record({
      reporters: listed("reporters"),
      indicators: listed("indicators"),
      by: listed("by"),
      format: fc.constantFrom(...FORMATS),
      span: fc.constantFrom(...pools.spans),
    })
    .map(({ span: [from, to], ...rest }) => ({ ...rest, from, to }));
}

const keys = (pools: Pools): Arbitrary<string> =>
  fc.constantFrom(...pools.scalar("String", "idempotencyKey", "").map(String), "of-a-file");

const fileOf = (period: string): string =>
  `indicator,period,CITIZENSHIP,value\nREF,${period},,30\nREF,${period},AFG,30\n`;
