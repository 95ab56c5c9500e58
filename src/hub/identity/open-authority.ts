import { createPublicKey, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput, type Failure, machineFault } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { CertificateAuthority, selfSignedAuthority } from "./certificate-authority.ts";
import { keyPemOf, newKeys, signingKeyOf } from "./signing-key.ts";
import { writeWholeFile } from "./write-whole-file.ts";

const keyFileName = "authority.key.pem";
/** The certificate that brokers and devices trust, in the authority's folder. */
export const authorityCertificateFile = "authority.cert.pem";

/** Folder of a hub's certificate authority, in the hub's data folder. */
export function authorityFolder(dataFolder: string): string {
  return join(dataFolder, "authority");
}

/** Whether a hub has made its certificate authority in this data folder. */
export function hasAuthority(dataFolder: string): boolean {
  return existsSync(join(authorityFolder(dataFolder), authorityCertificateFile));
}

/**
 * Opens the certificate authority of a data folder, or makes it at first need; its key is readable by its owner only.
 * Throws machineFault "data-folder-unusable" and badInput "authority-damaged".
 */
export async function openAuthority(dataFolder: string, clock: Clock): Promise<CertificateAuthority> {
  const folder = authorityFolder(dataFolder);
  const paths = { key: join(folder, keyFileName), certificate: join(folder, authorityCertificateFile) };
  try {
    makeFolder(folder);
    if (!existsSync(paths.key)) await makeKey(paths.key);
    // A copied or restored folder may have lost the narrow mode.
    await chmod(paths.key, 0o600);
    const keyPem = await readFile(paths.key, "utf8");
    if (!existsSync(paths.certificate))
      await writeWholeFile(paths.certificate, await selfSignedAuthority(keyPem, clock));
    const certificatePem = await readFile(paths.certificate, "utf8");
    refuseStrangers({ keyPem, certificatePem });
    return new CertificateAuthority({ clock, certificatePem, signingKey: await signingKeyOf(keyPem) });
  } catch (error) {
    throw whyUnusable({ folder, dataFolder, error });
  }
}

async function makeKey(path: string): Promise<void> {
  try {
    await writeFile(path, await keyPemOf((await newKeys()).privateKey), {
      flag: "wx",
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    // Another program has made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function refuseStrangers(pair: { readonly keyPem: string; readonly certificatePem: string }): void {
  const known = new X509Certificate(pair.certificatePem).publicKey.export({ type: "spki", format: "der" });
  const own = createPublicKey(pair.keyPem).export({ type: "spki", format: "der" });
  if (!known.equals(own)) throw new Error("key and certificate do not belong together");
}

function whyUnusable(options: { folder: string; dataFolder: string; error: unknown }): Failure {
  const { folder, dataFolder, error } = options;
  const { code, message } = error as NodeJS.ErrnoException;
  const isSystem = code !== undefined && /^E[A-Z]+$/.test(code);
  return isSystem
    ? machineFault(
        "data-folder-unusable",
        `The data folder ${dataFolder} cannot be used (${message}): make it writable for this user or choose another with --data.`,
        { cause: error },
      )
    : // The cause is left out: it could quote the key.
      badInput(
        "authority-damaged",
        `The certificate authority in ${folder} is damaged: restore the folder from a backup, or remove it and enrol every device anew.`,
      );
}
