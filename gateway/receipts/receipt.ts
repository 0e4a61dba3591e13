import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { compactVerify, errors, SignJWT } from "jose";
import { sorted } from "../../shared/sorted";
import type { Identity } from "../../shared/viewer/viewer";

/** What an answer rests on, as its subgraphs tell it. */
export interface Basis {
  agreements: readonly { id: string; version: number }[];
  /** Digest of which releases were read; tells one state of the data from another and nothing else. */
  dataVersion: string;
}

export interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** What a receipt says: what was asked and answered, by digest, and what the answer rested on. */
export interface Receipt extends Basis {
  operation: string;
  result: string;
  partner: string;
  actor: string;
  requestId: string;
  at: string;
}

export interface ReceiptSigner {
  issue(receipt: Receipt): Promise<string>;
  /** Null where the text is no receipt of this exchange. */
  read(text: string): Promise<Receipt | null>;
}

const TYPE = "accord-receipt+jws";

/** A compact JWS by the gateway's key. Its type and form keep it apart from a viewer assertion, which the same key signs. */
export function receiptSigner(privateKey: KeyObject): ReceiptSigner {
  const publicKey = createPublicKey(privateKey);
  return {
    issue: (receipt) =>
      new SignJWT({ ...receipt }).setProtectedHeader({ alg: "EdDSA", typ: TYPE }).sign(privateKey),
    async read(text) {
      try {
        const { payload, protectedHeader } = await compactVerify(text, publicKey, {
          algorithms: ["EdDSA"],
        });
        if (protectedHeader.typ !== TYPE) return null;
        return JSON.parse(Buffer.from(payload).toString()) as Receipt;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

export function receiptFor(
  viewer: Identity,
  {
    requestId,
    operation,
    data,
    bases,
  }: { requestId: string; operation: Operation; data: unknown; bases: readonly Basis[] },
): Receipt {
  return {
    operation: operationHash(operation),
    result: resultHash(data),
    ...together(bases),
    partner: viewer.partner,
    actor: viewer.id,
    requestId,
    at: new Date().toISOString(),
  };
}

export function operationHash({ query, operationName, variables }: Operation): string {
  return digest(JSON.stringify([query, operationName ?? null, sorted(variables ?? {})]));
}

export function resultHash(data: unknown): string {
  return digest(JSON.stringify(data ?? null));
}

/** What several subgraphs told, as one. */
export function together(bases: readonly Basis[]): Basis {
  const agreements = new Map(
    bases.flatMap((basis) => basis.agreements).map((one) => [`${one.id}/${one.version}`, one]),
  );
  const versions = [...new Set(bases.map(({ dataVersion }) => dataVersion))].sort();
  return {
    agreements: [...agreements.keys()]
      .sort()
      .map((key) => agreements.get(key) as Basis["agreements"][number]),
    dataVersion: digest(versions.join("\n")),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
