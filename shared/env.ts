import { readFileSync } from "node:fs";

/** The environment, parsed once at the route. Every fault is told together, so that an operator mends them in one go. */
export class EnvError extends Error {}

type Source = Record<string, string | undefined>;

export class Env {
  private readonly faults: string[] = [];

  constructor(private readonly source: Source = process.env) {}

  get production(): boolean {
    return this.source.NODE_ENV === "production";
  }

  text(name: string): string | undefined {
    return this.source[name]?.trim() || undefined;
  }

  required(name: string, why: string): string {
    const value = this.text(name);
    if (value === undefined) this.fault(`${name} is missing: ${why}`);
    return value ?? "";
  }

  integer(name: string, fallback: number, range: { from: number; to: number }): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= range.from && number <= range.to) return number;
    this.fault(`${name} is "${value}": give a whole number from ${range.from} to ${range.to}`);
    return fallback;
  }

  url(name: string, why: string, protocols: readonly string[]): string {
    const value = this.required(name, why);
    if (
      value !== "" &&
      !protocols.some((protocol) => URL.canParse(value) && new URL(value).protocol === protocol)
    ) {
      this.fault(`${name} is not a URL that starts with ${protocols.join(" or ")}`);
    }
    return value;
  }

  /** A file's text; the variable holds its path. */
  file(name: string, why: string): string {
    const path = this.required(name, why);
    if (path === "") return "";
    try {
      return readFileSync(path, "utf8");
    } catch {
      this.fault(`${name} names a file that cannot be read: ${path}`);
      return "";
    }
  }

  fault(message: string): void {
    this.faults.push(message);
  }

  /** @throws EnvError naming every fault found so far. */
  check(): void {
    if (this.faults.length === 0) return;
    throw new EnvError(
      `Accord cannot start:\n${this.faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
  }
}
