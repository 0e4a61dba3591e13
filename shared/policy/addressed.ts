import type { Viewer } from "../viewer/viewer";

/** An early-warning message: its sender's, and shown to those it is addressed to and to nobody else. */
export interface AlertMessage {
  readonly category: "ALERT";
  /** The sender. */
  readonly owner: string;
  readonly identifier: string;
  /** To whom it has been released; nobody while it is a draft. */
  readonly addressees: readonly Addressee[];
  /** Groups that the viewer is in at this moment, `owner/id`. */
  readonly groups: readonly string[];
  /** Told as one of a number and by nothing else: the log is the record of deliveries, and this was none. */
  readonly counted?: true;
}

/** A partner, one person of a partner (TLP:RED), or a group of the sender's. */
export interface Addressee {
  readonly partner: string | null;
  readonly person: string | null;
  readonly group: string | null;
  /** Sent on the strength of an agreement, and read while one holds; else two people of the sender chose the reader. */
  readonly agreed: boolean;
}

/** How a message names this viewer, by what needs least; null where it does not. */
export function addressing({ partner, id }: Viewer, message: AlertMessage): Addressee | null {
  const naming = message.addressees.filter((one) =>
    one.group === null
      ? one.partner === partner && (one.person === null || one.person === id)
      : message.groups.includes(`${message.owner}/${one.group}`),
  );
  return naming.find(({ agreed }) => !agreed) ?? naming[0] ?? null;
}
