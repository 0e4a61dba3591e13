import { fault, type UserError } from "../../../shared/graphql/user-error";
import { parsePeriod, periodCount } from "../../../shared/period";

export interface Citation {
  reporters: readonly string[];
  indicator: string;
  from: string;
  to: string;
}

const MOST = 5;
const MOST_PERIODS = 40;

/** What is wrong with the form of citations; whether the indicator exists is asked of the catalogue. */
export function citationFaults(citations: readonly Citation[]): UserError[] {
  const say = (at: number, field: string, message: string) =>
    fault("BAD_USER_INPUT", ["input", "figures", at, field], message);
  if (citations.length > MOST)
    return [fault("BAD_USER_INPUT", ["input", "figures"], `At most ${MOST} citations.`)];
  return citations.flatMap(({ reporters, from, to }, at) => {
    const faults: UserError[] = [];
    if (
      reporters.length === 0 ||
      reporters.length > 20 ||
      !reporters.every((code) => /^[A-Z]{3}$/.test(code))
    )
      faults.push(
        say(at, "reporters", "takes one to twenty countries by their ISO 3166-1 alpha-3 codes."),
      );
    const [first, last] = [parsePeriod(from), parsePeriod(to)];
    if (!first || !last || first.frequency !== last.frequency || first.start > last.start)
      faults.push(
        say(at, "to", "takes two quarters (2015-Q1) or two years (2015), the later one last."),
      );
    else if (periodCount(first, last) > MOST_PERIODS)
      faults.push(say(at, "to", `takes at most ${MOST_PERIODS} periods.`));
    return faults;
  });
}

/** As it is kept, and as the neighbour that has the figures reads it. */
export function citationId({ reporters, indicator, from, to }: Citation): string {
  return [indicator, from, to, [...new Set(reporters)].join(",")].join("/");
}
