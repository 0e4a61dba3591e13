/** A file that cannot be read as a table at all: nothing in it can be judged, and the message says what to do about it. */
export class UnreadableFile extends Error {}
