/** Who is who in the demo world, by what they do. Codes are partner codes: `contactPointOf("PAK")`. */
export const analystOf = (partner: string): string => `${partner.toLowerCase()}-analyst`;

export const SECRETARIAT = "secretariat-desk";
export const FUNDER = "observer-nld";
export const AUDITOR = "auditor-desk";

/** Every partner code with the client that reads for it. */
export const READERS: ReadonlyMap<string, string> = new Map([
  ...[
    "AFG",
    "BGD",
    "IRN",
    "IRQ",
    "PAK",
    "TUR",
    "AUT",
    "AZE",
    "BIH",
    "BGR",
    "FRA",
    "DEU",
    "HUN",
    "MKD",
    "SRB",
    "GBR",
  ].map((code) => [code, analystOf(code)] as const),
  ...["FRONTEX", "UNODC"].map((code) => [code, analystOf(code)] as const),
  ["SECRETARIAT", SECRETARIAT],
  ["NLD", FUNDER],
]);
