/** The sample queries. Every one is run against the exchange by test/journeys/playground.test.ts. */
export interface Sample {
  /** Also the operation's name, hence the tab's title. */
  name: string;
  title: string;
  about: string;
  query: string;
  variables?: Record<string, unknown>;
  /** A demo identity that it is made for; any other is told why it sees nothing. */
  as?: string;
}

const SERIES_FIELDS = `
    reporter { code name }
    indicator { code name unit definition }
    citizenship { code name }
    periods
    values
    statuses
    withheld { reason message }`;

const quarters2015 = { from: "2015-Q1", to: "2015-Q4" };

export const SAMPLES: readonly Sample[] = [
  {
    name: "CompareByCitizenship",
    title: "Compare by citizenship",
    about:
      "Asylum applicants of three nationalities in three countries, by quarter: what you may see depends on who you are.",
    query: `query CompareByCitizenship(
  $reporters: [CountryCode!]!
  $indicators: [ID!]!
  $from: Period!
  $to: Period!
  $citizenships: [CountryCode!]
) {
  series(
    reporters: $reporters, indicators: $indicators, from: $from, to: $to
    by: [CITIZENSHIP], citizenships: $citizenships
  ) {${SERIES_FIELDS}
  }
}
`,
    variables: {
      reporters: ["AUT", "HUN", "DEU"],
      indicators: ["ASY"],
      ...quarters2015,
      citizenships: ["AFG", "SYR", "PAK"],
    },
  },
  {
    name: "CompareTotals",
    title: "Compare totals",
    about: "The totals of two indicators in four countries, side by side.",
    query: `query CompareTotals(
  $reporters: [CountryCode!]!
  $indicators: [ID!]!
  $from: Period!
  $to: Period!
) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: []) {${SERIES_FIELDS}
  }
}
`,
    variables: {
      reporters: ["AUT", "BGR", "DEU", "HUN"],
      indicators: ["ASY", "REF"],
      ...quarters2015,
    },
  },
  {
    name: "RegionalTotal",
    title: "Regional total",
    about: "One sum over several countries, with the countries it includes and those it misses.",
    query: `query RegionalTotal($reporters: [CountryCode!]!, $from: Period!, $to: Period!) {
  regionalTotal(indicator: "ASY", reporters: $reporters, from: $from, to: $to) {
    indicator { code name unit }
    periods
    values
    statuses
    included { code }
    missing { code reason }
  }
}
`,
    variables: { reporters: ["AUT", "BGR", "DEU", "HUN", "SRB"], ...quarters2015 },
  },
  {
    name: "Why",
    title: "Why do I see this, or not?",
    about: "Asks the exchange to explain its decision for one owner, indicator and quarter.",
    query: `query Why($owner: ID!, $period: Period!) {
  explainAccess(owner: $owner, category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: $period) {
    allowed
    reason
    message
    agreement { id title }
  }
}
`,
    variables: { owner: "AUT", period: "2015-Q3" },
  },
  {
    name: "Agreements",
    title: "Agreements",
    about: "The sharing agreements you are party to.",
    query: `query Agreements($first: Int) {
  agreements(first: $first) {
    nodes { id title kind status parties { code } validFrom validUntil }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}
`,
    variables: { first: 20 },
  },
  {
    name: "WhoCanSee",
    title: "Who can see our figures?",
    about:
      "Of your own data: which partners may see a cell, and under which agreement. Try an owner, e.g. aut-analyst.",
    query: `query WhoCanSee($period: Period!) {
  totals: whoCanSee(category: STATISTICS, indicator: "ASY", by: [], period: $period) {
    partner { code name } agreement { id title } analysis disclosureControl
  }
  byCitizenship: whoCanSee(category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: $period) {
    partner { code name } agreement { id title } analysis disclosureControl ownNationals
  }
}
`,
    variables: { period: "2015-Q3" },
  },
  {
    name: "Signals",
    title: "What stands out?",
    as: "frontex-analyst",
    about:
      "Quarters of 2015 above what earlier years lead to expect, in the figures that you yourself are shown. A signal says where to look.",
    query: `query Signals($year: Int!, $first: Int!) {
  signals(year: $year, first: $first) {
    nodes { id kind reporter { code } indicator { code } citizenship { code } period observed expected upperLimit score state }
    totalCount
    tested
    insufficientHistory
  }
}
`,
    variables: { year: 2015, first: 20 },
  },
  {
    name: "Analysis",
    title: "The year in tables",
    as: "frontex-analyst",
    about:
      "The analysis of 2015 as you yourself may read it: country by country, in each indicator's own unit. `cleared` is what owners have cleared for all alike. As a page or on paper: GET /analysis?year=2015&format=html or pdf.",
    query: `query Analysis($year: Int!) {
  annualAnalysis(year: $year) {
    year
    state
    own {
      sections {
        indicator { code name unit }
        reporters { reporter { code } value status previous change changePercent share vintage }
        sum { value previous changePercent included { code } leftOut { code } }
      }
      leftOut { code }
      tlp
    }
    alerts { threshold messages }
    requests { concluded onTimePercent reason }
  }
}
`,
    variables: { year: 2015 },
  },
  {
    name: "WhoLooked",
    title: "Who looked at our figures?",
    as: "hun-approver",
    about:
      "Your own disclosure log, newest first, and whether it is whole. For approvers, e.g. hun-approver.",
    query: `query WhoLooked($first: Int) {
  disclosures(first: $first) {
    nodes { at viewer { code } actor indicators periods detail cells purpose agreement { id title } outcome reason }
    totalCount
  }
  verifyDisclosureLog { valid entries unsealed head next faults { code message } }
}
`,
    variables: { first: 20 },
  },
  {
    name: "Preview",
    title: "What would a revocation change?",
    as: "hun-approver",
    about:
      "Changes nothing: what each partner would lose of your data. For officers and approvers of Hungary.",
    query: `mutation Preview {
  previewAgreement(input: { id: "A10", act: REVOKE }) {
    changes { partner { code } gains { cells } loses { cells indicators periods } }
    warnings
    userErrors { code message path }
  }
}
`,
  },
  {
    name: "Requests",
    title: "Cooperation requests",
    as: "tur-officer",
    about: "What Türkiye has asked and is asked, what is due, and what it may do now.",
    query: `query Requests($first: Int!) {
  cooperationRequests(first: $first) {
    nodes {
      reference kind channel urgency state dueAt overdue moves revision
      requester { code }
      requested { code }
      content { subject informationSought marking { label } }
      answers { part content refusal { ground } }
    }
    totalCount
  }
}
`,
    variables: { first: 20 },
  },
  {
    name: "Facilitating",
    title: "What the Secretariat sees of them",
    as: "secretariat-desk",
    about:
      "Parties, kind, state and clock; no word of what the parties write, until both disclose it.",
    query: `query Facilitating($first: Int!) {
  cooperationRequests(first: $first) {
    nodes {
      reference kind state
      requester { code }
      requested { code }
      clock { startedAt usedHours limitHours dueAt attention }
      timeline { action by { code } at to }
      content { subject }
      contentWithheld
    }
    totalCount
  }
  cooperationPerformance(year: 2025) { concluded medianHours onTimePercent reason }
}
`,
    variables: { first: 20 },
  },
  {
    name: "Directory",
    title: "Directory",
    about: "A network's countries; one country's contacts, profile and latest figures.",
    query: `query Directory {
  countries(network: COLEP) {
    code
    name
    memberships { network role since until source }
  }
  country(code: "PAK") {
    name
    nationalContactPoints { name title organisation email phone languages }
    focalPersons { name title organisation email phone languages }
    profile { version publishedAt sections { key title body } marking { tlp label } }
    indicators(from: "2014-Q1", to: "2016-Q2") {
      indicator { code name unit }
      latest { period value status }
    }
  }
}
`,
  },
  {
    name: "Community",
    title: "Community at work",
    about:
      "COLEP's chairs and meetings, what is to be done and what is overdue. Facts have their source.",
    query: `query Community {
  chairs { seat holder { country { code name } since endorsedAtMeeting } history { country { code } since until source } }
  meetings(first: 5) {
    nodes {
      number date mode place host { code } theme officials countriesPresent
      participants { country { code } institution presentedProfile }
      agenda { revision setBy items { title exercise } }
      outcomes
      nextSteps { task responsible due overdue }
      source
    }
  }
  news(first: 5) { nodes { publishedAt channel title summary link } }
}
`,
  },
  {
    name: "OwnContacts",
    title: "Are our contacts still right?",
    as: "pak-officer",
    about:
      "Your own country's contacts that nobody has verified for long, what waits for a second person, and case studies.",
    query: `query OwnContacts {
  contactsToVerify(first: 10) { totalCount nodes { contact version kind title name verifiedAt } }
  contactVersions(first: 10) { nodes { contact version standing kind title validFrom validUntil submittedBy decidedBy } }
  caseStudies(first: 5) { nodes { owner title summary lessons marking { label } exercise } }
  tableTopExercises(first: 5) { nodes { owner title exercise } }
}
`,
  },
  {
    name: "Me",
    title: "Me",
    about: "Who the exchange takes you for. Without a token: nobody, and only public data.",
    query: `query Me {
  viewer {
    id
    partner { code name kind }
    roles
  }
}
`,
  },
];
