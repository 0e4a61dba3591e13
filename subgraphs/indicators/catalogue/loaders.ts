import type { Arguments } from "./arguments";
import type { Catalogue } from "./catalogue";

/** The public code lists, and what arguments mean by them. */
export interface Loaders {
  readonly catalogue: Catalogue;
  readonly understood: Arguments;
}
