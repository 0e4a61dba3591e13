import { closedPeriod } from "./closed-period";
import { duplicate } from "./duplicate";
import { futurePeriod } from "./future-period";
import { impossibleDate } from "./impossible-date";
import { missingMark } from "./missing-mark";
import { negative } from "./negative";
import { notWhole } from "./not-whole";
import { notYours } from "./not-yours";
import { outlier } from "./outlier";
import { partsAboveWhole } from "./parts-above-whole";
import { partsBelowWhole } from "./parts-below-whole";
import type { Rule } from "./rule";
import { statusAndValue } from "./status-and-value";
import { unknownCode } from "./unknown-code";
import { unknownShare } from "./unknown-share";
import { unknownStatus } from "./unknown-status";
import { unreadable } from "./unreadable";
import { wrongDimension } from "./wrong-dimension";
import { wrongUnit } from "./wrong-unit";

/** In the order in which they are asked and documented: whose and when, what, the figure itself, figures together. */
export const RULES: readonly Rule[] = [
  notYours,
  impossibleDate,
  futurePeriod,
  closedPeriod,
  unknownCode,
  wrongDimension,
  wrongUnit,
  unreadable,
  negative,
  notWhole,
  unknownStatus,
  statusAndValue,
  duplicate,
  partsAboveWhole,
  partsBelowWhole,
  unknownShare,
  outlier,
  missingMark,
];
