import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { MigrantResourceCentre, MouStatus, MouStatusPayload } from "./fact.type";

const open = "PUBLIC";

/** From public documents, with the document. */
export const factLabels = {
  MigrantResourceCentre: {
    country: open,
    city: open,
    asOf: open,
    source: open,
  } satisfies LabelsOf<MigrantResourceCentre>,
  MouStatus: { state: open, asOf: open, source: open } satisfies LabelsOf<MouStatus>,
  MouStatusPayload: {
    memorandum: "INHERITED",
    userErrors: "INHERITED",
  } satisfies LabelsOf<MouStatusPayload>,
} as const satisfies PolicyMap;
