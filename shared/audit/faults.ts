/** All that can be wrong with a log, a head or a proof: the closed list, each with what to do about it. */
export const FAULTS = {
  NOT_AN_EXPORT: {
    meaning: "The first line is not that of an exported disclosure log.",
    remedy: "Check that this is the file that the exchange exported, whole and unpacked.",
  },
  LINE_UNREADABLE: {
    meaning: "A line is neither an entry nor a head, or is no text.",
    remedy: "Copy the file again; if the line stays, ask the operator for a new export.",
  },
  LINE_NOT_CANONICAL: {
    meaning:
      "A line is not in its canonical form, so two programs could read different things in it.",
    remedy: "Check the file as it was exported, not one that an editor or a converter has written.",
  },
  ENTRY_CHANGED: {
    meaning:
      "The entries are not those that were sealed: one was changed, exchanged or put in another place.",
    remedy:
      "Keep the file and its heads as evidence, and ask the operator and the Secretariat for an account.",
  },
  ENTRY_MISSING: {
    meaning: "Fewer entries stand before a head than were sealed into it: one was taken out.",
    remedy:
      "Keep the file and its heads as evidence, and ask the operator and the Secretariat for an account.",
  },
  ENTRY_ADDED: {
    meaning: "More entries stand before a head than were sealed into it: one was put in.",
    remedy:
      "Keep the file and its heads as evidence, and ask the operator and the Secretariat for an account.",
  },
  TAIL_CUT: {
    meaning:
      "The log ends before a head that was signed: of its latest entries some or all were cut off or taken out.",
    remedy:
      "Check that the file is whole and no older than the head. If so, keep both as evidence and ask for an account.",
  },
  NOTHING_SEALED: {
    meaning: "The file holds no head, so nothing in it is proved.",
    remedy:
      "Export the log again in a minute; sealing takes seconds. If there is still no head, ask the operator.",
  },
  HEAD_NOT_GROWING: {
    meaning: "A head is smaller or older than the one before it, but a log only grows.",
    remedy: "Keep both heads as evidence, and ask the operator for an account.",
  },
  HEAD_OF_ANOTHER_LOG: {
    meaning: "A head was signed for another owner's log.",
    remedy: "Ask the operator for a new export, and how the head came into this one.",
  },
  SIGNATURE_INVALID: {
    meaning:
      "A head's signature does not fit it: the head was changed, or signed with another key than it says.",
    remedy: "Trust nothing that this head covers. Ask the operator for an account.",
  },
  KEY_UNKNOWN: {
    meaning: "A head names a key that is not at hand.",
    remedy:
      "Get the exchange's key from the operator by another way than the file, and give it with --key.",
  },
  KEY_NOT_PINNED: {
    meaning:
      "A head was signed with a key that the file brought along, not with one that you trust.",
    remedy:
      "Ask the operator by another way whether the key is the exchange's. Only then give it with --key too.",
  },
  KEY_MISLABELLED: {
    meaning:
      "The file lists a key that is no Ed25519 public key, or lists it under another key's name.",
    remedy: "Ask the operator for a new export; do not use this list of keys.",
  },
  HELD_HEAD_INVALID: {
    meaning: "A head that you hold proves nothing: its signature or its log is not right.",
    remedy:
      "Check that it is a head as the exchange gave it, and that --key names the key it was signed with.",
  },
  HELD_HEAD_NOT_ON_PATH: {
    meaning:
      "The entries do not lead through a head that you hold: what it sealed is not what the file shows.",
    remedy:
      "Keep both: your head is signed, and proves it. Ask the operator and the Secretariat for an account.",
  },
  NOT_INCLUDED: {
    meaning: "The proof does not lead from the entry to the head.",
    remedy:
      "Check that entry, index, proof and head belong together. If they do, the entry is not what was sealed.",
  },
  NOT_CONSISTENT: {
    meaning: "The proof does not lead from the earlier head to the later one.",
    remedy:
      "Check that the proof was made for these two heads. If it was, keep both: together they prove a changed log.",
  },
} as const satisfies Record<string, { meaning: string; remedy: string }>;

export type FaultCode = keyof typeof FAULTS;

export interface Fault {
  readonly code: FaultCode;
  /** Where it was first found, counted from 1. */
  readonly line?: number;
  /** How often it was found. */
  readonly times: number;
  readonly message: string;
  readonly remedy: string;
}

export interface FaultBook {
  add(code: FaultCode, detail?: string, line?: number): void;
  list(): Fault[];
}

/** Each kind is told once, at its first place: a file of a million faults must not fill the memory. */
export function faultBook(): FaultBook {
  const found = new Map<FaultCode, Fault>();
  return {
    add(code, detail, line) {
      const earlier = found.get(code);
      if (earlier) return void found.set(code, { ...earlier, times: earlier.times + 1 });
      const { meaning, remedy } = FAULTS[code];
      const message = detail ? `${meaning} ${detail}` : meaning;
      found.set(code, { code, ...(line !== undefined && { line }), times: 1, message, remedy });
    },
    list: () => [...found.values()],
  };
}
