import { badInput } from "../../../shared/errors/errors";
import type { DimensionCode } from "../../../shared/graphql/dimension";
import { type Period, parsePeriod, periodCount } from "../../../shared/period";
import type { Catalogue } from "./catalogue";
import type { IndicatorRecord } from "./indicator.entity";

const MOST_REPORTERS = 100;
const MOST_PERIODS = 200;

/** The arguments of a request for figures, understood; every fault names its argument and the way to mend it. */
export class Arguments {
  constructor(private readonly catalogue: Catalogue) {}

  reporters(codes: readonly string[]): string[] {
    const distinct = some("reporters", codes);
    if (distinct.length > MOST_REPORTERS) {
      throw badInput(
        "reporters",
        `${distinct.length} countries; at most ${MOST_REPORTERS} are allowed. Ask in several requests.`,
      );
    }
    for (const code of distinct) {
      if (!this.catalogue.isCountry(code)) {
        throw badInput(
          "reporters",
          `"${code}" is not a country. Use ISO 3166-1 alpha-3 codes such as "AUT".`,
        );
      }
    }
    return distinct;
  }

  indicators(codes: readonly string[], argument = "indicators"): IndicatorRecord[] {
    return some(argument, codes).map((code) => {
      const indicator = this.catalogue.indicator(code);
      if (indicator) return indicator;
      const known = this.catalogue.indicators.map((entry) => entry.code).join(", ");
      throw badInput(argument, `"${code}" is not an indicator. The catalogue has ${known}.`);
    });
  }

  /** Sorted, as released tables are; no dimension is the total. */
  dimensions(
    by: readonly DimensionCode[] | null | undefined,
    indicators: readonly IndicatorRecord[],
  ): DimensionCode[] {
    const dimensions = [...new Set(by ?? [])].sort();
    for (const indicator of indicators) {
      const lacking = dimensions.find((dimension) => !indicator.dimensions.includes(dimension));
      if (lacking === undefined) continue;
      const has = indicator.dimensions.join(", ");
      throw badInput("by", `${indicator.code} is not broken down by ${lacking}. It has ${has}.`);
    }
    return dimensions;
  }

  citizenships(
    codes: readonly string[] | null | undefined,
    dimensions: readonly string[],
  ): string[] | null {
    if (codes === null || codes === undefined) return null;
    if (!dimensions.includes("CITIZENSHIP")) {
      throw badInput(
        "citizenships",
        "narrows a breakdown by citizenship. Add CITIZENSHIP to `by`.",
      );
    }
    const unknown = codes.find((code) => !this.catalogue.isArea(code));
    if (unknown !== undefined) {
      throw badInput(
        "citizenships",
        `"${unknown}" is not a citizenship. Use ISO 3166-1 alpha-3 codes, or _U, _O, _STL.`,
      );
    }
    return some("citizenships", codes).sort();
  }

  span(from: string, to: string): { from: Period; to: Period } {
    const first = this.period("from", from);
    const last = this.period("to", to);
    if (first.frequency !== last.frequency) {
      throw badInput(
        "to",
        `"${to}" and from "${from}" differ: give two quarters (2015-Q1) or two years (2015).`,
      );
    }
    if (first.start > last.start)
      throw badInput("from", `"${from}" is after to "${to}". Swap them.`);
    if (periodCount(first, last) > MOST_PERIODS) {
      throw badInput(
        "to",
        `the span is longer than ${MOST_PERIODS} periods. Ask in several requests.`,
      );
    }
    return { from: first, to: last };
  }

  period(argument: string, code: string): Period {
    const parsed = parsePeriod(code);
    if (parsed) return parsed;
    throw badInput(
      argument,
      `"${code}" is not a period. Write a quarter as 2015-Q3 or a year as 2015.`,
    );
  }
}

function some(argument: string, codes: readonly string[]): string[] {
  if (codes.length === 0) throw badInput(argument, "is empty. Name at least one.");
  return [...new Set(codes)];
}
