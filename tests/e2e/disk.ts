// A disk that is full or fails when a story says so, under the program itself: the library of tests/it/support/slow_disk.c.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Disk {
  /** What is to happen from now on; nothing: all is well. */
  order(what: string): void;
  /** How many calls failed. */
  failures(): number;
  /** For the program that is to stand on it. */
  among(data: string): Readonly<Record<string, string>>;
  remove(): void;
}

export function disk(): Disk {
  const folder = mkdtempSync(join(tmpdir(), "jalostamo-disk-"));
  const [library, orders] = [join(folder, "slow_disk.so"), join(folder, "orders")];
  const source = join(import.meta.dirname, "../it/support/slow_disk.c");
  execFileSync(process.env["CC"] ?? "cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
  const order = (what: string): void => {
    writeFileSync(`${orders}.new`, what);
    renameSync(`${orders}.new`, orders);
  };
  order("");
  writeFileSync(`${orders}.seen`, "");
  return {
    order,
    failures: () => readFileSync(`${orders}.seen`, "utf8").replaceAll(/[^!]/g, "").length,
    among: (data) => ({ LD_PRELOAD: library, SLOW_DISK_ORDERS: orders, SLOW_DISK_FOLDER: data }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
