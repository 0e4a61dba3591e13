import "reflect-metadata";
import { openAsOwner } from "../migrations/migrate";
import { Env, EnvError } from "../shared/env";
import { cutForNewCountry } from "../subgraphs/indicators/reports/new-country.service";

/** `npm run cut -- NLD`: what was released before a country became a partner, cut for it. As the owner of the tables. */
async function main(): Promise<void> {
  try {
    const env = new Env();
    const url = env.url("DATABASE_URL", "the exchange's PostgreSQL, as its owner", [
      "postgres:",
      "postgresql:",
    ]);
    const country = process.argv[2];
    if (!country) env.fault("Name the country: npm run cut -- NLD");
    env.check();
    const dataSource = await openAsOwner(url);
    const made = await dataSource.transaction((manager) =>
      cutForNewCountry(manager, country as string),
    );
    await dataSource.destroy();
    process.stdout.write(`${made} tables cut for ${country}\n`);
  } catch (error) {
    process.stderr.write(
      `${error instanceof EnvError ? error.message : (error as Error).message}\n`,
    );
    process.exit(1);
  }
}

void main();
