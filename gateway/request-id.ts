import { AsyncLocalStorage } from "node:async_hooks";

/** The id of the request under way, for what has no context: Apollo formats some errors before there is one. */
export const requestIds = new AsyncLocalStorage<string>();
