import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { badInput } from "../../../shared/errors/errors";
import { decodeCursor, pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import { CountryCode } from "../../../shared/graphql/scalars";
import { CELLS, MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import type { Loaders } from "../series/loaders";
import { type Found, loadRun } from "./signal.loader";
import { stateOf, toSignal } from "./signal.mapping";
import {
  SIGNAL_STATES,
  type Signal,
  SignalConnection,
  type SignalState,
  SignalStateEnum,
} from "./signal.type";

type Context = RequestContext<Loaders>;

const METHOD =
  "Quasi-Poisson limit by season on five years (Farrington's 2/3 power, z = 2.58), Benjamini–Hochberg at 10 % over all series of a quarter that you are shown, at least 5.";

@Resolver()
export class SignalResolver {
  @Query(() => SignalConnection, {
    nullable: true,
    description:
      "Quarters of a year that stand out, in the figures that you are shown and in no others, the most striking first. Errors: BAD_USER_INPUT.",
  })
  async signals(
    @Ctx() context: Context,
    @Arg("year", () => Int) year: number,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("reporters", () => [CountryCode], { nullable: true }) reporters?: string[] | null,
    @Arg("indicators", () => [ID], { nullable: true }) indicators?: string[] | null,
    @Arg("states", () => [SignalStateEnum], {
      nullable: true,
      description: "All but INSUFFICIENT_HISTORY where left out.",
    })
    states?: SignalState[] | null,
  ): Promise<SignalConnection> {
    const { understood, catalogue } = context.loaders;
    requireYear(year);
    const size = pageSize(first);
    const owners = reporters == null ? null : understood.reporters(reporters);
    const codes =
      indicators == null ? null : understood.indicators(indicators).map(({ code }) => code);
    const named = (owners ?? []).flatMap((owner) =>
      (codes ?? []).map((indicator) => ({ owner, indicator, breakdown: "" as const })),
    );
    const run = await loadRun(context, year, named);
    const wanted = new Set(
      states ?? SIGNAL_STATES.filter((state) => state !== "INSUFFICIENT_HISTORY"),
    );
    const found = run.found
      .filter((one) => wanted.has(stateOf(one)))
      .filter(({ series }) => owners === null || owners.includes(series.reporter))
      .filter(({ series }) => codes === null || codes.includes(series.indicator.code))
      .sort(mostStrikingFirst);
    const from = startAfter(found, decodeCursor(after));
    const shown = found.slice(from, from + size + 1).map((one) => toSignal(one, catalogue, true));
    return {
      [MADE_OF]: run.madeOf.length === 0 ? NOTHING_SHOWN : run.madeOf,
      [CELLS]: run.cells,
      ...pageOf<Signal>(
        shown,
        { first: size, total: found.length, hasPrevious: from > 0 },
        ({ id }) => id,
      ),
      tested: run.tested,
      insufficientHistory: run.insufficient,
      method: METHOD,
    };
  }
}

/** Gaps have no score and come after what has risen. */
function mostStrikingFirst(one: Found, other: Found): number {
  const difference = (other.score ?? 0) - (one.score ?? 0);
  return difference === 0 ? (one.id < other.id ? -1 : 1) : difference;
}

function startAfter(found: readonly Found[], after: string | null): number {
  if (after === null) return 0;
  const at = found.findIndex(({ id }) => id === after);
  if (at === -1)
    throw badInput("after", "is no cursor of this list any more. Start again from its beginning.");
  return at + 1;
}

/** Years of which there can be figures, with the five before them. */
function requireYear(year: number): void {
  if (year < 1950 || year > 2100)
    throw badInput("year", `${year} is out of range. Ask for a year from 1950 to 2100.`);
}
