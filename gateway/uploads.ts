import type { Request } from "express";
import { AccordError } from "../shared/errors/errors";
import { type Spooled, spool } from "../shared/graphql/files";
import type { Identity, Role } from "../shared/viewer/viewer";

/** Who may send a file is asked before its first byte is read; what is read must keep coming. */

/** @throws FORBIDDEN where the viewer has none of the roles that send here; who exactly may is for the subgraph to say */
export function requireSender(viewer: Identity, roles: readonly Role[]): void {
  if (viewer.roles.some((role) => roles.includes(role))) return;
  throw new AccordError("FORBIDDEN", `Only ${roles.join(", ")} may send a file here.`);
}

export interface Pace {
  /** An upload is cut when fewer than `leastBytes` have come within this time. */
  stallMs: number;
  leastBytes: number;
}

/** 64 MB at 1 Mbit/s take nine minutes and bring 3.7 MB in 30 s; one byte at a time is not progress. */
export const UPLOAD_PACE: Pace = { stallMs: 30_000, leastBytes: 65_536 };

/** Writes the body to a file of its own. The connection is cut, and nothing left behind, when the body does not keep coming. */
export async function receiveUpload(
  request: Request,
  { stallMs, leastBytes }: Pace,
): Promise<Spooled> {
  let sinceProgress = 0;
  const timer = setTimeout(() => request.destroy(STALLED), stallMs);
  try {
    return await spool(request, {
      onBytes(count) {
        sinceProgress += count;
        if (sinceProgress < leastBytes) return;
        sinceProgress = 0;
        timer.refresh();
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

const STALLED = new AccordError("BAD_USER_INPUT", "The file stopped coming. Send it again.");

const MOST_UPLOADS_OF_A_PARTNER = 4;

/** How many files of each partner are under way in this gateway. */
export class UploadSlots {
  private readonly underWay = new Map<string, number>();

  /** @returns what gives the slot back @throws QUERY_TOO_COSTLY when the partner holds all of its slots */
  take(partner: string): () => void {
    const count = this.underWay.get(partner) ?? 0;
    if (count >= MOST_UPLOADS_OF_A_PARTNER) {
      const message = `Your partner is sending ${count} files already. Wait until one of them is done.`;
      throw new AccordError("QUERY_TOO_COSTLY", message);
    }
    this.underWay.set(partner, count + 1);
    return () => {
      const left = (this.underWay.get(partner) ?? 1) - 1;
      if (left === 0) this.underWay.delete(partner);
      else this.underWay.set(partner, left);
    };
  }
}
