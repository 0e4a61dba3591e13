import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { DemoIdentity } from "../../gateway/demo-issuer";
import type { Role } from "../../shared/viewer/viewer";

const POSTS: readonly { post: string; roles: readonly Role[] }[] = [
  { post: "analyst", roles: ["ANALYST"] },
  { post: "officer", roles: ["ANALYST", "OFFICER"] },
  { post: "approver", roles: ["ANALYST", "APPROVER"] },
];

/** Partners that have one client instead of three. */
const SINGLE: Readonly<Record<string, { id: string; role: Role }>> = {
  SECRETARIAT: { id: "secretariat-desk", role: "DESK" },
  NLD: { id: "observer-nld", role: "OBSERVER" },
  AUDITOR: { id: "auditor-desk", role: "AUDITOR" },
};

/** The clients that the demo's token endpoint knows: three for each partner that owns data, one for each that does not. */
export function demoIdentities(): DemoIdentity[] {
  const text = readFileSync(join(__dirname, "data", "partners.csv"), "utf8");
  const partners: { code: string; name: string }[] = parse(text, { columns: true });
  return partners.flatMap(({ code, name }) => {
    const single = SINGLE[code];
    if (single) return [{ id: single.id, partner: code, roles: [single.role], label: name }];
    return POSTS.map(({ post, roles }) => ({
      id: `${code.toLowerCase()}-${post}`,
      partner: code,
      roles,
      label: `${name}, ${post}`,
    }));
  });
}
