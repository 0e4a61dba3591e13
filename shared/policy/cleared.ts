/** Who may read a part of the common version of a yearly analysis, as its owner chose when clearing it. */
export const AUDIENCES = ["PARTNERS", "COLEP", "RELEC"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What one country has let stand in the common version of a year: frozen tables of its own, and nothing of anybody else. */
export interface ClearedPart {
  readonly category: "ANALYSIS";
  readonly owner: string;
  readonly year: number;
  readonly indicator: string;
  readonly periods: readonly string[];
  readonly dimensions: readonly string[];
  /** When it was first released. */
  readonly releasedAt: Date;
  readonly audience: Audience;
  /** Cleared by a second person of the owner, and not taken back since. */
  readonly stands: boolean;
  /** Whether the desk has published the year. */
  readonly published: boolean;
  /** Networks that the viewer is in at this moment. */
  readonly networks: readonly string[];
}

/** To every partner where the owner said so, else to those who are in its network now. */
export function isOpenTo({ stands, published, audience, networks }: ClearedPart): boolean {
  return stands && published && (audience === "PARTNERS" || networks.includes(audience));
}
