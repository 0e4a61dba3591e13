import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Identity } from "../../shared/viewer/viewer";
import {
  assertionSigner,
  assertionVerifier,
  newSigningKeys,
  readPrivateKey,
  readPublicKey,
  ViewerAssertionError,
} from "../../shared/viewer/viewer-assertion";

const PAK: Identity = { id: "pak-analyst", partner: "PAK", roles: ["ANALYST"] };
const BODY = '{"query":"{ viewer { id } }"}';
const { privateKey, publicKey } = newSigningKeys();
const signer = assertionSigner(privateKey);
const REQUEST = { requestId: "request 1", channel: "GRAPHQL" } as const;

/** The subgraph's clock, in seconds from now; the gateway's is the machine's. */
let late = 0;
const start = Date.UTC(2026, 10, 23);
beforeEach(() => {
  late = 0;
  jest.spyOn(Date, "now").mockReturnValue(start);
});
afterEach(() => jest.restoreAllMocks());

const verifier = () => assertionVerifier(publicKey, "indicators", () => start + late * 1_000);
const issue = (viewer: Identity | null = PAK, audience = "indicators", body = BODY) =>
  signer.issue(audience, body, { viewer, ...REQUEST });
const refusal = (run: () => unknown): string => {
  try {
    run();
    return "accepted";
  } catch (error) {
    if (!(error instanceof ViewerAssertionError)) throw error;
    return error.message;
  }
};
const verdict = (assertion: string | undefined, body = BODY, at = verifier()) =>
  refusal(() => at.verify(assertion, body));

/** What an issued viewer assertion says, changed, and signed anew or not. */
function changed(change: object, key: KeyObject | null = privateKey): string {
  const [payload = "", signature] = issue().split(".");
  const statement = JSON.parse(Buffer.from(payload, "base64url").toString());
  const text = Buffer.from(JSON.stringify({ ...statement, ...change })).toString("base64url");
  return `${text}.${key ? sign(null, Buffer.from(text), key).toString("base64url") : signature}`;
}

describe("a viewer assertion is accepted", () => {
  test("once, by the subgraph and for the body it was written for, and tells who asks", () => {
    expect(verifier().verify(issue(), BODY)).toEqual({ viewer: PAK, ...REQUEST, receipt: false });
  });

  test("for nobody: who is not signed in has a viewer assertion too", () => {
    expect(verifier().verify(issue(null), BODY)).toEqual({
      viewer: null,
      ...REQUEST,
      receipt: false,
    });
  });

  test("without the roles that this subgraph does not know", () => {
    const roles = ["ANALYST", "ADMINISTRATOR", "analyst"] as never;
    expect(verifier().verify(issue({ ...PAK, roles }), BODY).viewer).toEqual(PAK);
  });

  test("with keys that were written to files", () => {
    const pair = generateKeyPairSync("ed25519", {
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const assertion = assertionSigner(readPrivateKey(pair.privateKey)).issue("sharing", BODY, {
      viewer: PAK,
      requestId: "request 2",
      channel: "GRAPHQL",
    });
    expect(
      assertionVerifier(readPublicKey(pair.publicKey), "sharing").verify(assertion, BODY).requestId,
    ).toBe("request 2");
  });

  test.each([0, 29, 29.999, -5])(
    "while it lives, %d seconds by the subgraph's clock",
    (seconds) => {
      const assertion = issue();
      late = seconds;
      expect(verdict(assertion)).toBe("accepted");
    },
  );
});

describe("a viewer assertion is refused", () => {
  test.each([undefined, "", ".", "a", "a.", ".a", "a.b.c", `${"a".repeat(5)}..`])(
    "that is none: %j",
    (assertion) => {
      expect(verdict(assertion)).toBe("missing");
    },
  );

  test("with a forged signature, an empty one, or that of another viewer assertion", () => {
    const [payload = "", signature = ""] = issue().split(".");
    const flipped = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;
    const borrowed = issue().split(".")[1];
    for (const wrong of [flipped, "AAAA", "=", signature.slice(0, -4), borrowed]) {
      expect(verdict(`${payload}.${wrong}`)).toBe("forged");
    }
  });

  test("that was changed after it was signed", () => {
    expect(verdict(changed({}, null))).toBe("accepted");
    const viewer = { sub: "x", partner: "AUT", roles: ["ANALYST"] };
    for (const change of [{ viewer }, { aud: "sharing" }, { exp: 9_999_999_999 }]) {
      expect(verdict(changed(change, null))).toBe("forged");
    }
  });

  test("signed with another key, or with an algorithm of its own choosing", () => {
    expect(verdict(changed({}, newSigningKeys().privateKey))).toBe("forged");
    const other = assertionSigner(newSigningKeys().privateKey).issue("indicators", BODY, {
      viewer: PAK,
      ...REQUEST,
    });
    expect(verdict(other)).toBe("forged");
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(verdict(`${header}.${issue()}`)).toBe("missing");
  });

  test.each(["countries", "Indicators", ""])("that was written for the subgraph %j", (audience) => {
    expect(verdict(issue(PAK, audience))).toBe("meant for another subgraph");
  });

  test.each([
    "",
    `${BODY} `,
    BODY.toUpperCase(),
    '{"query":"{ viewer { id roles } }"}',
    `\u{feff}${BODY}`,
  ])("with another body: %j", (body) => {
    expect(verdict(issue(), body)).toBe("meant for another request");
  });

  test.each([30, 31, 3_600, -5.001, -3_600])("%d seconds old", (seconds) => {
    const assertion = issue();
    late = seconds;
    expect(verdict(assertion)).toBe("stale");
  });

  test("that claims to live longer than viewer assertions do", () => {
    expect(verdict(changed({ exp: Math.floor(start / 1_000) + 3_600 }))).not.toBe("accepted");
  });

  test.each([
    { sub: "someone", partner: "pak", roles: ["ANALYST"] },
    { sub: "someone", partner: "PAK' --", roles: ["ANALYST"] },
    { sub: "", partner: "PAK", roles: ["ANALYST"] },
    { partner: "PAK", roles: ["ANALYST"] },
    { sub: "someone", partner: "PAK" },
    { sub: "someone", partner: "PAK", roles: "ANALYST" },
    { sub: "someone", partner: ["PAK"], roles: ["ANALYST"] },
    [],
    "PAK",
    0,
  ])("that names a viewer nobody can read, rather than taken for nobody: %j", (viewer) => {
    expect(verdict(changed({ viewer }))).toBe("unreadable");
  });

  test("that names no viewer at all, like every other that is not in order", () => {
    expect(verdict(changed({ viewer: undefined }))).toBe("unreadable");
  });
});

describe("a viewer assertion is good once", () => {
  test("whoever sends it a second time, and however its signature is spelled", () => {
    const at = verifier();
    const assertion = issue();
    expect(verdict(assertion, BODY, at)).toBe("accepted");
    for (const again of [assertion, `${assertion}=`, `${assertion}==`, `${assertion} `]) {
      expect(verdict(again, BODY, at)).toBe("used before");
    }
    expect(verdict(issue(), BODY, at)).toBe("accepted");
  });

  test("a refused one is not used up", () => {
    const at = verifier();
    const assertion = issue();
    expect(verdict(assertion, "another body", at)).toBe("meant for another request");
    expect(verdict(assertion, BODY, at)).toBe("accepted");
  });

  test.each([0, 5])("at every second of its life, its writer's clock %d seconds ahead", (ahead) => {
    const at = verifier();
    const kept: { assertion: string; from: number }[] = [];
    for (let second = 0; second < 120; second += 1) {
      late = second;
      jest.spyOn(Date, "now").mockReturnValue(start + (second + ahead) * 1_000);
      const assertion = issue();
      expect([second, verdict(assertion, BODY, at)]).toEqual([second, "accepted"]);
      kept.push({ assertion, from: second });
      const replays = kept
        .filter(({ from }) => second - from < 41)
        .map((one) => verdict(one.assertion, BODY, at));
      expect([second, replays.includes("accepted")]).toEqual([second, false]);
    }
  });

  test("after a silence of any length", () => {
    for (const silence of [1, 34, 35, 36, 69, 70, 71, 1_000]) {
      const at = verifier();
      late = 0;
      jest.spyOn(Date, "now").mockReturnValue(start);
      verdict(issue(), BODY, at);
      late = silence;
      jest.spyOn(Date, "now").mockReturnValue(start + silence * 1_000);
      const assertion = issue();
      const verdicts = [0, 1, 15, 29].map((seconds) => {
        late = silence + seconds;
        return verdict(assertion, BODY, at);
      });
      expect([silence, ...verdicts]).toEqual([
        silence,
        "accepted",
        "used before",
        "used before",
        "used before",
      ]);
    }
  });
});
