/**
 * A reason for not starting that the operator can mend.
 *
 * Its message is one plain line, printed alone: a stack under it would only hide the line that helps.
 */
export class StartError extends Error {
  override readonly name = "StartError";

  constructor(message: string) {
    super(message.replace(/\s+/g, " ").trim());
  }
}
