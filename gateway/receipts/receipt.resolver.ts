import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { badInput } from "../../shared/errors/errors";
import type { Identity } from "../../shared/viewer/viewer";
import {
  type Basis,
  type Operation,
  operationHash,
  type Receipt,
  type ReceiptSigner,
  resultHash,
  together,
} from "./receipt";
import { ReceiptVerification, VerifyReceiptInput } from "./receipt.type";

/** Asks the graph again, as this viewer and with its rights of now. */
export type Rerun = (
  viewer: Identity,
  requestId: string,
  operation: Operation,
) => Promise<{ data: unknown; bases: readonly Basis[] }>;

export interface ReceiptContext {
  viewer: Identity | null;
  requestId: string;
  signer: ReceiptSigner;
  rerun: Rerun;
}

@Resolver()
export class ReceiptResolver {
  @Query(() => ReceiptVerification, {
    nullable: true,
    description:
      "Checks a receipt and asks its question again. You are shown nothing that you may not see now. Errors: BAD_USER_INPUT.",
  })
  async verifyReceipt(
    @Ctx() { viewer, requestId, signer, rerun }: ReceiptContext,
    @Arg("input", () => VerifyReceiptInput) input: VerifyReceiptInput,
  ): Promise<ReceiptVerification> {
    const holder = viewer as Identity;
    const receipt = await signer.read(input.receipt);
    if (!receipt) return invalid("This exchange has not issued it, or it was changed.");
    if (receipt.partner !== holder.partner)
      return invalid("It was issued to another partner, who alone can check it.");
    if (receipt.operation !== operationHash(input))
      return invalid("It was issued for another document or other variables.");
    if (/\bverifyReceipt\b/.test(input.query))
      throw badInput("input", "a check of receipts is not asked again.");
    const { data, bases } = await rerun(holder, requestId, input);
    return compared(receipt, resultHash(data), together(bases));
  }
}

function compared(receipt: Receipt, result: string, basis: Basis): ReceiptVerification {
  const sameResult = receipt.result === result;
  const sameData = receipt.dataVersion === basis.dataVersion;
  const sameAgreements = JSON.stringify(receipt.agreements) === JSON.stringify(basis.agreements);
  return {
    valid: true,
    sameResult,
    sameData,
    sameAgreements,
    issuedAt: receipt.at,
    requestId: receipt.requestId,
    message: sameResult
      ? "The same question has the same answer now."
      : reasonOf(sameData, sameAgreements),
  };
}

function reasonOf(sameData: boolean, sameAgreements: boolean): string {
  if (!sameAgreements) return "The answer is another one now: other agreements open it, or none.";
  if (!sameData) return "The answer is another one now: other releases are read.";
  return "The answer is another one now, though releases and agreements are the same.";
}

function invalid(message: string): ReceiptVerification {
  return {
    valid: false,
    sameResult: false,
    sameData: false,
    sameAgreements: false,
    issuedAt: null,
    requestId: null,
    message,
  };
}
