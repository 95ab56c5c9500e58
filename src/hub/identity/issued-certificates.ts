import { X509Certificate } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { writeWholeFile } from "./write-whole-file.ts";

/** Certificates that are remembered at once; a further one is not issued before old ones have ended. */
export const issuedMax = 5_000;
/** An ended certificate is remembered for so long. */
const forgottenAfterMicros = 30 * 24 * 3_600_000_000;

/** A certificate of a device that this hub has issued. */
export interface IssuedCertificate {
  readonly device: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  readonly endsAtMicros: number;
}

/**
 * The certificates of devices that a hub has issued, each a file of its folder, so that the command on the same machine
 * can issue beside the running hub. Files that are no certificates are let be.
 */
export class IssuedCertificates {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Remembers one. Throws badInput "certificates-full" at the maximum, and what the system says. */
  async add(certificatePem: string): Promise<IssuedCertificate> {
    makeFolder(this.#folder);
    if ((await this.#names()).length >= issuedMax) {
      throw badInput(
        "certificates-full",
        `${this.#folder} holds ${issuedMax} certificates, and no further one is issued: remove the files of those that have ended.`,
      );
    }
    const issued = describeCertificate(new X509Certificate(certificatePem));
    await writeWholeFile(join(this.#folder, `${issued.serial}.pem`), certificatePem);
    return issued;
  }

  /** All that are remembered; forgets those that ended long ago. */
  async all(nowMicros: number): Promise<IssuedCertificate[]> {
    const all: IssuedCertificate[] = [];
    for (const name of (await this.#names()).slice(0, issuedMax)) {
      const path = join(this.#folder, name);
      const issued = read(await readFile(path, "utf8"));
      if (issued === null) continue;
      if (issued.endsAtMicros + forgottenAfterMicros < nowMicros) await rm(path, { force: true });
      else all.push(issued);
    }
    return all;
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith(".pem")).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }
}

function read(pem: string): IssuedCertificate | null {
  try {
    return describeCertificate(new X509Certificate(pem));
  } catch {
    return null;
  }
}

/** What is known of a device's certificate by itself; its device is what its subject says. */
export function describeCertificate(certificate: X509Certificate): IssuedCertificate {
  return {
    device: /^CN=([^\n]+)$/.exec(certificate.subject)?.[1] ?? "",
    serial: certificate.serialNumber.toUpperCase(),
    endsAtMicros: Date.parse(certificate.validTo) * 1_000,
  };
}
