import type { Viewer } from "../viewer/viewer";

/** A case study or an exercise: its owner's, and of those it has been shared with, as long as it is. */
export interface SharedStudy {
  readonly category: "CASE_STUDY";
  readonly owner: string;
  readonly id: string;
  /** False while it is private or waits for its second person. */
  readonly shared: boolean;
  readonly partners: readonly string[];
  readonly networks: readonly string[];
  /** Networks in which the viewer's country takes part at this moment. */
  readonly viewerIn: readonly string[];
}

export function isSharedWith(
  { partner }: Viewer,
  { shared, partners, networks, viewerIn }: SharedStudy,
): boolean {
  return (
    shared && (partners.includes(partner) || networks.some((network) => viewerIn.includes(network)))
  );
}
