import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program of this machine that tests ask for a second opinion. */
export interface OutsideProgram {
  readonly name: string;
  /** How somebody gets it, in words. */
  readonly from: string;
}

/** Prometheus' own check of metrics. */
export const promtool: OutsideProgram = { name: "promtool", from: "Debian's prometheus has it" };
/** The subscriber of mosquitto. */
export const mosquittoSub: OutsideProgram = {
  name: "mosquitto_sub",
  from: "Debian's mosquitto-clients has it",
};
/** Makes certificates. */
export const openssl: OutsideProgram = { name: "openssl", from: "Debian's openssl has it" };
/** libxml2's check of documents by their schema. */
export const xmllint: OutsideProgram = { name: "xmllint", from: "Debian's libxml2-utils has it" };

/** Where a program is, by PATH; null where it is not. */
export function pathOf({ name }: OutsideProgram): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** A sentence where this machine has no such program, for a test to skip with; false where it has. */
export function missing(program: OutsideProgram): string | false {
  return pathOf(program) === null
    ? `no ${program.name} on the PATH: ${program.from}; install it to run this`
    : false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
