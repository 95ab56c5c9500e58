import { createPrivateKey, X509Certificate } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import { badInput, Failure, machineFault } from "#core/failure.ts";
import type { PasswordLogin } from "#core/messaging/broker-credentials.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { replaceFile } from "./replace-file.ts";

/** A certificate with its key and its authority's certificate has some 2 kB. */
const fileBytesMax = 16_384;
const pem = z.string().min(1).max(5_000);

const passwordSchema = z.strictObject({
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});

const certificateSchema = z
  .strictObject({
    device: deviceIdSchema,
    certificate: pem,
    key: pem,
    /** Certificate of the hub's authority. */
    authority: pem,
    /** Where the next certificate is asked for. */
    renewUrl: z.url({ protocol: /^https$/ }).max(1_000),
  })
  .refine(belongTogether);

const credentialsSchema = z.union([passwordSchema, certificateSchema]);

/** How a device shows who it is: a password, for a hub of the same machine, or a certificate. */
export type Credentials = z.infer<typeof credentialsSchema>;
/** The certificate of an enrolled device, and what goes with it. */
export type CertificateCredentials = z.infer<typeof certificateSchema>;

function belongTogether(parts: {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}) {
  try {
    const certificate = new X509Certificate(parts.certificate);
    return (
      certificate.checkPrivateKey(createPrivateKey(parts.key)) &&
      certificate.verify(new X509Certificate(parts.authority).publicKey)
    );
  } catch {
    return false;
  }
}

/** How somebody gets the credentials of a device, in words. */
const deviceRemedy = "write it with emberwatch edge enrol";

/**
 * Reads how a device shows who it is from its file; `remedy` says how somebody gets one. Throws badInput:
 * "credentials-missing", "credentials-exposed" when others than its owner may read it, "credentials-damaged". No message
 * holds anything of its content.
 */
export async function readCredentials(path: string, remedy: string = deviceRemedy): Promise<Credentials> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw badInput(
      "credentials-missing",
      `${path} cannot be read (${codeOf(cause)}): ${remedy}, and make it this user's.`,
      { cause },
    );
  });
  try {
    const { mode, size } = await file.stat();
    if ((mode & 0o077) !== 0) {
      throw badInput(
        "credentials-exposed",
        `${path} can be read by others than its owner: chmod 600 ${path}.`,
      );
    }
    const text = size > fileBytesMax ? "" : await file.readFile("utf8");
    return credentialsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Failure) throw error;
    // The cause is left out: it could quote the password or the key.
    throw badInput("credentials-damaged", `${path} is no file of credentials: remove it, and ${remedy}.`);
  } finally {
    await file.close();
  }
}

/**
 * Reads a name and a password, for a broker that takes nothing else; `remedy` says how somebody gets the file. Throws as
 * `readCredentials` does, and "credentials-misfit" where the file holds a certificate.
 */
export async function readLogin(path: string, remedy: string): Promise<PasswordLogin> {
  const credentials = await readCredentials(path, remedy);
  if ("password" in credentials) return credentials;
  throw badInput("credentials-misfit", `${path} holds a certificate, and a password is needed: ${remedy}.`);
}

/** Writes credentials, for their owner only. Throws badInput "credentials-exist" rather than replace a file. */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${JSON.stringify(credentials)}\n`);
    await file.sync();
    await file.close();
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") {
      throw badInput("credentials-exist", `${path} is there already: remove it or choose another --out.`);
    }
    throw machineFault("credentials-not-written", `${path} cannot be written (${codeOf(cause)}).`, { cause });
  }
}

/** Replaces a file of credentials, whole or not at all. Throws what the system says. */
export function replaceCredentials(path: string, credentials: Credentials): Promise<void> {
  return replaceFile(path, `${JSON.stringify(credentials)}\n`);
}

/**
 * Throws badInput "credentials-misfit" where credentials do not go with the broker they are to be shown to, or with the
 * device.
 */
export function checkCredentials(
  credentials: Credentials,
  shown: { readonly deviceId: string; readonly brokerUrl: string },
): void {
  const url = new URL(shown.brokerUrl);
  const refuse = (why: string): never => {
    throw badInput("credentials-misfit", why);
  };
  if ("certificate" in credentials) {
    if (url.protocol !== "mqtts:")
      refuse(`hub.url is ${shown.brokerUrl}, and the credentials are a certificate: write mqtts:// there.`);
    if (credentials.device !== shown.deviceId)
      refuse(
        `The certificate is that of ${credentials.device}, and device.id is ${shown.deviceId}: enrol this device, or set its id.`,
      );
    return;
  }
  if (url.protocol === "mqtt:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
    refuse(
      `hub.url is ${shown.brokerUrl}, where the password would cross the network in the clear: enrol this device with emberwatch edge enrol.`,
    );
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error);
}
