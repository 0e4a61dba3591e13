import { badInput } from "../../../shared/errors/errors";
import { type Period, parsePeriod } from "../../../shared/period";
import type { Decision, Resource, Statistic } from "../../../shared/policy/decide";
import { type Category, CONTACT_KINDS } from "../../../shared/policy/terms";
import type { CatalogueEntry } from "./access.queries";

/** A question about one cell or one kind of data, as explainAccess and whoCanSee are asked it. */
export interface Question {
  category: Category;
  indicator?: string | null | undefined;
  by?: readonly string[] | null | undefined;
  period?: string | null | undefined;
  contactKind?: string | null | undefined;
}

export interface Cell {
  indicator: string;
  dimensions: readonly string[];
  period: Period;
  protectsCitizens: boolean;
}

/**
 * The cell that is meant; every fault names its argument.
 * @param known the indicator in the catalogue; null where it has none of that code
 */
export function cellOf(
  { indicator, by, period: code }: Question,
  known: CatalogueEntry | null,
): Cell {
  if (!indicator)
    throw badInput("indicator", "is missing: statistics are explained for one indicator.");
  const period = parsePeriod(code ?? "");
  if (!period)
    throw badInput(
      "period",
      `"${code ?? ""}" is not a period. Write a quarter as 2015-Q3 or a year as 2015.`,
    );
  if (!known) throw badInput("indicator", `"${indicator}" is not an indicator of the catalogue.`);
  const lacking = by?.find((dimension) => !known.dimensions.includes(dimension));
  if (lacking)
    throw badInput(
      "by",
      `${indicator} is not broken down by ${lacking}. It has ${known.dimensions.join(", ")}.`,
    );
  return {
    indicator,
    dimensions: [...new Set(by ?? [])].sort(),
    period,
    protectsCitizens: known.protectsCitizens,
  };
}

/** @param releases when owner and viewer released that indicator and period, by partner */
export function statisticOf(
  { indicator, dimensions, period }: Cell,
  owner: string,
  viewer: string,
  releases: ReadonlyMap<string, Date>,
): Statistic {
  return {
    category: "STATISTICS",
    owner,
    indicator,
    period: period.code,
    dimensions,
    start: period.start,
    end: period.end,
    releasedAt: releases.get(owner) ?? null,
    reciprocated: releases.has(viewer),
  };
}

/** What is not a statistic: one resource, or one for each kind of contact where none is named. */
export function resourcesOf({ category, contactKind }: Question, owner: string): Resource[] {
  if (category === "PROFILE") return [{ category, owner }];
  if (category !== "CONTACT_DETAILS") return [];
  if (contactKind && !CONTACT_KINDS.some((known) => known === contactKind)) {
    throw badInput(
      "contactKind",
      `"${contactKind}" is not a kind of contact. Use ${CONTACT_KINDS.join(" or ")}.`,
    );
  }
  return (contactKind ? [contactKind] : CONTACT_KINDS).map((kind) => ({ category, owner, kind }));
}

/** Of several kinds the one that is closed, if one is; "allowed" would be said of all of them. */
export function narrowest(decisions: readonly Decision[]): Decision | null {
  return decisions.find(({ allowed }) => !allowed) ?? decisions[0] ?? null;
}
