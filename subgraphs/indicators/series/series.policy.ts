import type { LabelsOf, PolicyMap, Sensitivity } from "../../../shared/policy/sensitivity";
import type { Country } from "../catalogue/country.reference";
import type { Cube, Indicator, IndicatorSet, Source } from "../catalogue/indicator.type";
import type { CitedFigures } from "./citation.type";
import type {
  BreakdownCode,
  Citizenship,
  Code,
  CountryIndicator,
  MissingReporter,
  Observation,
  RegionalTotal,
  Series,
  Withheld,
} from "./series.type";

const open = "PUBLIC";

export const seriesPolicy = {
  Query: {
    indicators: open,
    indicatorSets: open,
    series: open,
    regionalTotal: open,
  },
  Country: { code: open, indicators: open } satisfies LabelsOf<Country> & {
    indicators: Sensitivity;
  },
  Indicator: {
    code: open,
    version: open,
    name: open,
    definition: open,
    unit: open,
    countsNationalsOf: open,
    protectsCitizens: open,
    dimensions: open,
    cubes: open,
    franCode: open,
    caveat: open,
    source: open,
    inDefaultSet: open,
    validFrom: open,
  } satisfies LabelsOf<Indicator>,
  IndicatorSet: {
    code: open,
    version: open,
    name: open,
    indicators: open,
    dueDays: open,
    assumptionNote: open,
    source: open,
  } satisfies LabelsOf<IndicatorSet>,
  Cube: { id: open, dimensions: open, unit: open } satisfies LabelsOf<Cube>,
  Source: {
    id: open,
    publisher: open,
    title: open,
    licence: open,
    attribution: open,
  } satisfies LabelsOf<Source>,
  Code: { code: open, name: open } satisfies LabelsOf<Code>,
  Citizenship: { code: open, name: open } satisfies LabelsOf<Citizenship>,
  Withheld: { reason: open, message: open } satisfies LabelsOf<Withheld>,
  /** Every reporting country × indicator × period is public knowledge as a cell; what stands in it is not. */
  Series: {
    reporter: open,
    indicator: open,
    periods: open,
    withheld: open,
    citizenship: "STATISTICS",
    sex: "STATISTICS",
    ageGroup: "STATISTICS",
    borderType: "STATISTICS",
    breakdown: "STATISTICS",
    values: "STATISTICS",
    statuses: "STATISTICS",
    observations: "STATISTICS",
    revisions: "STATISTICS",
    marking: "STATISTICS",
    sources: "STATISTICS",
  } satisfies LabelsOf<Series> & { observations: Sensitivity; revisions: Sensitivity },
  BreakdownCode: {
    dimension: "INHERITED",
    code: "INHERITED",
    name: "INHERITED",
  } satisfies LabelsOf<BreakdownCode>,
  Observation: {
    period: "INHERITED",
    value: "INHERITED",
    status: "INHERITED",
  } satisfies LabelsOf<Observation>,
  RegionalTotal: {
    indicator: open,
    periods: open,
    values: "STATISTICS",
    statuses: "STATISTICS",
    included: "STATISTICS",
    missing: "STATISTICS",
    markings: "STATISTICS",
  } satisfies LabelsOf<RegionalTotal>,
  MissingReporter: { code: "INHERITED", reason: "INHERITED" } satisfies LabelsOf<MissingReporter>,
  /** Which figures a message cites, its readers know; what stands in them is for `Series` to hold back. */
  CitedFigures: {
    id: "INHERITED",
    indicator: open,
    from: open,
    to: open,
    series: "PARTNER",
    others: "PARTNER",
  } satisfies LabelsOf<CitedFigures>,
  CountryIndicator: { indicator: open, latest: "STATISTICS" } satisfies LabelsOf<CountryIndicator>,
} as const satisfies PolicyMap;

/** Fields of a series that tell something of the figures; the others are public knowledge. */
export const SENSITIVE_FIELDS: ReadonlySet<string> = new Set(
  Object.entries(seriesPolicy.Series).flatMap(([name, label]) =>
    label === "STATISTICS" ? [name] : [],
  ),
);
