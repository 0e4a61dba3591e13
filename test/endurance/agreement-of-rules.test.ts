import fc from "fast-check";
import { type Allowed, decide, type Statistic } from "../../shared/policy/decide";
import { AGREEMENT_STATUSES, CONTROLS } from "../../shared/policy/terms";
import type { Purpose } from "../../shared/viewer/purpose";
import type { Role, Viewer } from "../../shared/viewer/viewer";
import { resourceOf } from "../../subgraphs/indicators/series/series.queries";
import * as rules from "../support/rule-book";
import { viewerOf } from "../support/viewers";

const as = (partner: string, ...roles: Role[]): Viewer =>
  viewerOf({ id: "someone", partner, roles });
const PAK = as("PAK", "ANALYST");
const FRONTEX = as("FRONTEX", "ANALYST");
const READERS = [
  PAK,
  as("IRN", "OFFICER"),
  FRONTEX,
  as("ATL", "ANALYST"),
  as("AUDITOR", "ANALYST"),
];
const NO_READERS = [as("PAK", "AUDITOR"), as("PAK"), as("AUDITOR", "AUDITOR"), null];

const DETAILS: readonly string[][] = [[], ["CITIZENSHIP"], ["SEX"], ["CITIZENSHIP", "SEX"]];

let book: rules.RuleBook;
beforeAll(async () => {
  book = await rules.openRuleBook();
});
beforeEach(() => book.begin());
afterEach(() => book.forget());
afterAll(() => book.close());

/** A grant to each owner, one for every combination of the values given. */
function everyGrant(
  values: { [Key in keyof rules.Grant]?: readonly rules.Grant[Key][] },
): rules.Grant[] {
  const names = Object.keys(values) as (keyof rules.Grant)[];
  const changes = names.reduce<Partial<rules.Grant>[]>(
    (some, name) =>
      some.flatMap((one) => (values[name] ?? []).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  return changes.filter(isStorable).map((change, index) => book.grant(`owner ${index}`, change));
}

/** The database refuses an agreement that ends before it begins. */
const isStorable = ({ validFrom, validUntil }: Partial<rules.Grant>): boolean =>
  !validFrom || !validUntil || validFrom < validUntil;

describe("decide, the predicate and row-level security are one rule", () => {
  test("for every grant and every form of every table, whoever asks", async () => {
    const grants = everyGrant({
      category: ["STATISTICS", "PROFILE"],
      viewers: [["PAK", "FRONTEX", "ATL", "AUDITOR"], ["*"], ["IRN"], []],
      indicators: [["ASY", "REF"], ["RET"]],
      detail: DETAILS,
      control: CONTROLS,
      ownNationals: [false, true],
    });
    const own = READERS.flatMap(({ partner }) =>
      CONTROLS.map((control) =>
        book.grant(partner, { viewers: ["*"], control, ownNationals: control === "NONE" }),
      ),
    );
    await book.store([...grants, ...own]);
    const owners = new Set([...grants, ...own].map(({ owners: [owner = ""] }) => owner));
    const tables = [...owners].flatMap((owner) =>
      DETAILS.flatMap((dimensions) =>
        ["ASY", "REF"].flatMap((indicator) => rules.formsOf({ owner, indicator, dimensions })),
      ),
    );
    await book.release(tables);
    const before = book.compared;
    const ownersSeen = new Map<Viewer | null, number>();
    for (const viewer of [...READERS, ...NO_READERS]) {
      const { visible } = await book.ask(viewer);
      ownersSeen.set(viewer, new Set(visible.map(({ owner }) => owner)).size);
    }
    // Of 384 grants half are of another category, half of the rest about another indicator, half of those name others. What
    // five partners give to everybody opens five owners more; the unknown partner and the auditor see only themselves.
    expect([...ownersSeen.values()]).toEqual([53, 53, 53, 1, 1, 0, 0, 0, 0]);
    expect(book.compared - before).toBe(tables.length * 9);
  });

  test("at every boundary of time: status, validity, periods, embargo, reciprocity", async () => {
    const grants = everyGrant({
      status: AGREEMENT_STATUSES,
      validFrom: [book.at(-1), book.at(0), book.at(1), null],
      validUntil: [book.at(0), book.at(1), null],
      dataFrom: [null, rules.startOf("2015-Q2")],
      dataUntil: [null, rules.endOf("2015-Q4")],
      embargoDays: [0, 90],
      reciprocal: [false, true],
    });
    await book.store(grants);
    const instants = [-1, 0, 1].flatMap((milliseconds) => [
      book.at(milliseconds),
      book.at(milliseconds - 90 * rules.DAY),
    ]);
    const tables = instants.flatMap((released_at) =>
      rules.QUARTERS.flatMap((period) =>
        ["ASY", "REF", "RET"].map((indicator) => ({ released_at, period, indicator })),
      ),
    );
    const owners = ["PAK", ...grants.map(({ owners: [owner = ""] }) => owner)];
    await book.release(owners.flatMap((owner) => tables.map((table) => ({ ...table, owner }))));
    const before = book.compared;
    expect((await book.ask(PAK)).visible.length).toBeGreaterThan(1_000);
    expect(book.compared - before).toBeGreaterThan(60_000);
  });

  test("for every purpose that an agreement names and a request has", async () => {
    const purposes: Purpose[][] = [
      [],
      ["REPORTING"],
      ["REPORTING", "EARLY_WARNING"],
      ["ADMINISTRATION"],
    ];
    await book.store(everyGrant({ purposes, status: ["ACTIVE", "SUSPENDED"] }));
    await book.release(
      purposes.flatMap((_, at) =>
        [0, 1].map((half) => ({ owner: `owner ${at * 2 + half}`, indicator: "REF" })),
      ),
    );
    const seenFor = async (purpose?: Purpose) => {
      const { visible } = await book.ask({ ...PAK, ...(purpose && { purpose }) });
      return visible.map(({ owner }) => owner).sort();
    };
    expect(await seenFor()).toEqual(["owner 0"]);
    expect(await seenFor("STRATEGIC_ANALYSIS")).toEqual(["owner 0"]);
    expect(await seenFor("REPORTING")).toEqual(["owner 0", "owner 2", "owner 4"]);
    expect(await seenFor("EARLY_WARNING")).toEqual(["owner 0", "owner 4"]);
    expect(await seenFor("ADMINISTRATION")).toEqual(["owner 0", "owner 6"]);
  });

  test("for every state in which owner and viewer can stand with an agreement", async () => {
    const states = [null, "SIGNED", "PROPOSED", "DECLINED", "SUSPENDED", "WITHDRAWN"] as const;
    const grants = everyGrant({ status: AGREEMENT_STATUSES, viewerState: states });
    await book.store(grants);
    await book.release(grants.map(({ owners: [owner = ""] }) => ({ owner, indicator: "REF" })));
    const { visible } = await book.ask(PAK);
    const open = grants.filter(
      ({ status, viewerState }) =>
        status === "ACTIVE" && (viewerState === null || viewerState === "SIGNED"),
    );
    expect(visible.map(({ owner }) => owner).sort()).toEqual(
      open.map(({ owners: [owner = ""] }) => owner).sort(),
    );
    expect(open).toHaveLength(2);
    // To IRN, which the grants do not name, none of it is there; FRONTEX is named and need not sign.
    expect((await book.ask(FRONTEX)).visible).toHaveLength(states.length);
  });

  test("grants do not add up: a table is seen under several only if one of them opens it alone", async () => {
    const counted = { opened: 0, gaveWay: 0 };
    for (const seen of await answersAboutSets()) {
      const visible = new Set(seen.visible);
      const openers = (table: rules.Table) =>
        seen.termsOf(table.owner).filter((term) => {
          const resource = resourceOf(table as never, seen.reciprocated(table));
          return decide(seen.viewer, resource, { now: seen.now, all: [term] }).allowed;
        });
      for (const table of seen.tables) {
        const alone = openers(table);
        if (visible.has(table)) {
          expect(alone).not.toEqual([]);
          counted.opened++;
        } else if (alone.length > 0) {
          const isAnother = ({ control, ownNationals, indicators }: rules.Term) =>
            indicators.includes(table.indicator) &&
            alone.some((term) => term.control !== control || term.ownNationals !== ownNationals);
          expect(seen.termsOf(table.owner).some(isAnother)).toBe(true);
          counted.gaveWay++;
        }
      }
    }
    expect(counted.opened).toBeGreaterThan(500);
    expect(counted.gaveWay).toBeGreaterThan(75);
  });

  test("asked without a table, decide says yes if and only if some form is open, and names the least protective one", async () => {
    const said = { yes: 0, no: 0 };
    for (const seen of await answersAboutSets()) {
      const first = new Map(seen.visible.toReversed().map((table) => [nameOf(table), table]));
      for (const [name, any] of new Map(seen.tables.map((table) => [nameOf(table), table]))) {
        const { table: _form, ...question } = resourceOf(any as never, seen.reciprocated(any));
        const decision = decide(seen.viewer, question as Statistic, {
          now: seen.now,
          all: seen.termsOf(any.owner),
        });
        const form = first.get(name);
        said[decision.allowed ? "yes" : "no"]++;
        if (!form && !decision.allowed) continue;
        const { allowed, control, ownNationals } = decision as Allowed;
        const named = {
          allowed,
          control,
          audience: form?.cut && !ownNationals ? seen.viewer?.partner : null,
        };
        expect(named).toEqual({ allowed: true, control: form?.control, audience: form?.audience });
      }
    }
    expect(said.yes).toBeGreaterThan(500);
    expect(said.no).toBeGreaterThan(500);
  });

  const nameOf = (table: rules.Table): string =>
    [table.owner, table.indicator, table.period, table.dimensions].join("/");

  let answers: Promise<rules.Seen[]> | undefined;
  const answersAboutSets = () => {
    answers ??= askAboutSets();
    return answers;
  };

  /** Random sets of one to five grants of one owner each, over tables released in every form. */
  async function askAboutSets(): Promise<rules.Seen[]> {
    const pick = <T>(...values: T[]) => fc.constantFrom(...values);
    const change = fc.record({
      viewers: pick(["PAK"], ["PAK", "FRONTEX"], ["*"]),
      indicators: pick(["ASY"], ["REF"], ["ASY", "REF"]),
      detail: pick(...DETAILS),
      control: pick(...CONTROLS),
      ownNationals: fc.boolean(),
      status: pick("ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED"),
      validUntil: pick(null, null, null, book.at(0), book.at(1)),
      dataFrom: pick(null, null, rules.startOf("2015-Q3"), rules.startOf("2016-Q1")),
      dataUntil: pick(null, null, null, rules.startOf("2015-Q3"), rules.startOf("2016-Q1")),
      purposes: pick([], [], [], ["REPORTING"]),
      embargoDays: pick(0, 0, 1),
      reciprocal: pick(false, false, true),
    } as never) as fc.Arbitrary<Partial<rules.Grant>>;
    const sets = fc.sample(fc.array(change, { minLength: 1, maxLength: 5 }), {
      numRuns: 200,
      seed: 20_261_123,
    });
    await book.store(
      sets.flatMap((set, index) => set.map((one) => book.grant(`owner ${index}`, one))),
    );
    const kinds = ["ASY", "REF"].flatMap((indicator) =>
      ["2015-Q2", "2015-Q3", "2016-Q1"].map((period) => ({ indicator, period })),
    );
    const tables = kinds.flatMap((kind) =>
      DETAILS.flatMap((dimensions) =>
        rules.formsOf({ ...kind, dimensions, owner: "", released_at: book.at(-rules.DAY / 2) }),
      ),
    );
    await book.release(
      sets.flatMap((_, index) => tables.map((table) => ({ ...table, owner: `owner ${index}` }))),
    );
    return [await book.ask(PAK), await book.ask(FRONTEX)];
  }
});
