import type { Document } from "../../../shared/document/document";
import { draftOne } from "./document";
import type { GivenRequest } from "./given";

/**
 * Versions of the mechanism whose communique a request is written in. The second COLEP meeting decided that one will be
 * designed; none has been agreed since, as far as is public (seed 4, read 2026-11), so the only version is a draft and says so.
 * A version that is agreed one day is a further line here; requests keep the form that they were opened with.
 */
export interface Mechanism {
  readonly version: number;
  readonly name: string;
  readonly form: (given: GivenRequest, nameOf: (code: string) => string) => Document;
}

const MECHANISMS: readonly Mechanism[] = [{ version: 1, name: "COLEP-DRAFT-1", form: draftOne }];

/** In which new requests are written. */
export const CURRENT_MECHANISM = MECHANISMS.at(-1) as Mechanism;

/** @throws where a request names a version that this program does not know */
export function mechanismOf(version: number): Mechanism {
  return found(MECHANISMS.find((one) => one.version === version));
}

export function mechanismNamed(name: string): Mechanism {
  return found(MECHANISMS.find((one) => one.name === name));
}

function found(mechanism: Mechanism | undefined): Mechanism {
  if (!mechanism) throw new Error("There is no such version of the mechanism.");
  return mechanism;
}
