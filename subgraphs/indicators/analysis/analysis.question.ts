import { parse } from "graphql";

const SOURCES = "sources { publisher attribution }";
const CONTENTS = `
  coverage { reporter { code } indicator { code } periods states }
  sections {
    indicator { code name unit definition caveat }
    reporters { reporter { code } value status previous previousStatus change changePercent share quarters quarterStatuses
      vintage previousVintage highestShare { citizenship { name } share } ${SOURCES} }
    sum { value previous status change changePercent included { code } leftOut { code } }
    topTens { reporter { code } rows { citizenship { name } value share previous previousStatus change changePercent }
      others othersStatus vintage ${SOURCES} }
  }
  borders { section { name } reporter { code } direction periods values statuses vintage ${SOURCES} }
  mirrors { section { name } period into { code } from { code } entries exits logRatio flagged vintage ${SOURCES} }
  quality { reporter { code } indicator { code } timelinessDays punctualityDays completeness shareUnknown meanAbsoluteRevision }
  definitions { reporter { code } indicator { code } period status }
  leftOut { code } tlp markings { tlp originator label handling }`;

/** What a client would ask, put to the same schema under the same shield: a document holds what the API shows. */
export const QUESTION =
  parse(`query ($year: Int!, $cleared: Boolean!) { annualAnalysis(year: $year) {
  year state publishedAt narrative { section body }
  own @skip(if: $cleared) { ${CONTENTS} }
  cleared @include(if: $cleared) { ${CONTENTS} } } }`);
