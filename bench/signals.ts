import {
  discoveryThreshold,
  type Past,
  scoreOf,
  seasonalLimit,
  tailOf,
} from "../subgraphs/indicators/signals/limit.rules";

/**
 * How often a signal is a false alarm, and how often a real rise is found, by simulation, beside the rule of thumb "half as
 * much again as a year ago". Counts are negative binomial of size 15 (variance = mean + mean² / 15), with seasons of ±35 % and a level that drifts;
 * one quarter ahead, from three years of history, mean 60 (docs of the shared design, domain.md §5). The seed is fixed: the
 * same numbers come out again.
 */
const SERIES = 3_000;
const YEARS = 3;
const MEAN = 60;
const SIZE = 15;
const SEASON = 0.35;
const DRIFT = { keeps: 0.7, moves: 0.08 };
const RUN = 540;
const RISES = [1, 1.5, 2, 3];

interface Drawn {
  history: readonly Past[];
  observed: number;
}

const YEAR_ON_YEAR = 1.5;

const RULES: readonly { name: string; alarms(drawn: readonly Drawn[]): boolean[] }[] = [
  {
    name: "year on year ≥ 1.5",
    alarms: (drawn) =>
      drawn.map(({ history, observed }) => observed >= YEAR_ON_YEAR * (history.at(-4)?.value ?? 0)),
  },
  {
    name: "quasi-Poisson seasonal limit",
    alarms: (drawn) => drawn.map((one) => judged(one).above),
  },
  { name: `… with Benjamini–Hochberg, runs of ${RUN}`, alarms: (drawn) => drawn.map(standsInRun) },
];

function judged({ history, observed }: Drawn): { above: boolean; tail: number } {
  const limit = seasonalLimit(history, 0);
  if (limit === null) throw new Error("three years are history enough");
  return { above: observed >= 5 && scoreOf(observed, limit) > 1, tail: tailOf(observed, limit) };
}

/** One series among calm ones, as it would be in a run of the exchange. */
function standsInRun(drawn: Drawn): boolean {
  const { above, tail } = judged(drawn);
  return above && tail <= discoveryThreshold([tail, ...calm]);
}

function main(): void {
  const rows = RULES.map(({ name, alarms }) => {
    const shares = RISES.map((rise) => {
      const drawn = Array.from({ length: SERIES }, () => draw(rise));
      return (alarms(drawn).filter(Boolean).length / SERIES) * 100;
    });
    return [name.padEnd(42), ...shares.map((share) => `${share.toFixed(1)} %`.padStart(9))].join(
      "",
    );
  });
  const heads = ["false alarm", ...RISES.slice(1).map((rise) => `finds ×${rise}`)];
  process.stdout.write(
    `${SERIES} series a cell, one quarter each\n${"".padEnd(40)}${heads.map((head) => head.padStart(11)).join("")}\n`,
  );
  process.stdout.write(`${rows.join("\n")}\n`);
}

function draw(rise: number): Drawn {
  const phase = random() * 4;
  const expected = (at: number) => MEAN * (1 + SEASON * Math.sin(((at + phase) * Math.PI) / 2));
  let level = 0;
  const values = Array.from({ length: YEARS * 4 + 1 }, (_, at) => {
    level = DRIFT.keeps * level + DRIFT.moves * normal();
    const mean = expected(at) * Math.exp(level);
    return negativeBinomial(at === YEARS * 4 ? mean * rise : mean);
  });
  const history = values.slice(0, -1).map((value, at) => ({ season: at % 4, value }));
  return { history, observed: values.at(-1) as number };
}

/** Poisson of a gamma: variance = mean + mean² / SIZE. */
function negativeBinomial(mean: number): number {
  return poisson((gamma(SIZE) * mean) / SIZE);
}

/** Marsaglia and Tsang (2000), ACM TOMS 26; for shapes from 1 on. */
function gamma(shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** By waiting times: as slow as the mean is large, and exact. */
function poisson(mean: number): number {
  let count = -1;
  for (let time = 0; time < mean; count++) time -= Math.log(random());
  return Math.max(0, count);
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

let state = 20_150_703;
/** mulberry32: uniform between 0 and 1, never 0. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
}

const calm = Array.from({ length: RUN - 1 }, () => judged(draw(1)).tail);

main();
