/** Inputs that a viewer could well give, aimed at others. */
import { info, inHours } from "../support/alerts";
import { byCitizenship } from "../support/reports";

export function inputsFor(viewer: string): ReadonlyMap<string, readonly object[]> {
  const expires = inHours(48);
  const figures = byCitizenship({ AFG: 40, SYR: 25 });
  const terms = [
    {
      category: "STATISTICS",
      owners: [viewer],
      viewers: ["HUN"],
      indicators: ["ASY"],
      detail: ["CITIZENSHIP"],
    },
  ];
  const toOthers = (partners: string[]) => ({
    status: "Actual",
    tlp: "AMBER",
    addresses: { partners },
    info: [info({ expires })],
  });
  return new Map<string, readonly object[]>([
    [
      "SubmitQuarterlyReportInput",
      ["2023-Q1", "2023-Q2", "2015-Q3"].map((period) => ({
        indicator: "ASY",
        period,
        figures,
        comment: "Checked by hand",
      })),
    ],
    ["ProposeAgreementInput", [{ title: "Test", kind: "BILATERAL", terms }]],
    ["IssueAlertInput", [toOthers(["TUR"]), toOthers(["HUN", "FRONTEX"])]],
    [
      "ChangePartnerGroupInput",
      [
        { id: "NEIGHBOURS", name: "Neighbours", add: ["TUR"] },
        { id: "BALKANS", add: ["SRB"] },
      ],
    ],
    [
      "ProposeImpactInput",
      [{ section: "IRN-TUR", state: "TUR", period: "2026-Q3", level: "HIGH" }],
    ],
  ]);
}
