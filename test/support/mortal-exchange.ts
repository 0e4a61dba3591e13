import { type Served, serve } from "./served";

export interface MortalExchange {
  /** Another after each start. */
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  token(clientId: string): Promise<string>;
}

const MOST_TRIES = 20;

/** An exchange that is killed and comes back over the same database. Its demo issuer's key dies with it, and so do its tokens. */
export function mortalExchange(databaseUrl: string): MortalExchange {
  let served: Served | undefined;
  const tokens = new Map<string, Promise<string>>();
  return {
    get url() {
      return served?.url ?? "http://127.0.0.1:1";
    },
    async start() {
      // As whatever supervises it does: one that cannot start, its connections being cut, is started again.
      for (let tries = 1; served === undefined; tries++) {
        served = await serve(databaseUrl).catch((error: unknown) => {
          if (tries === MOST_TRIES) throw error;
          return undefined;
        });
      }
    },
    async kill() {
      const dying = served;
      served = undefined;
      tokens.clear();
      await dying?.kill();
    },
    token(clientId) {
      const known =
        tokens.get(clientId) ??
        served?.token(clientId) ??
        Promise.reject(new Error("the exchange is down"));
      tokens.set(clientId, known);
      known.catch(() => tokens.delete(clientId));
      return known;
    },
  };
}
