import type { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput, type Failure } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import type { CertificateAuthority, KeyAndCertificate, RevokedSerial } from "./certificate-authority.ts";
import type { CheckedRequest } from "./certificate-request.ts";
import { describeCertificate, type IssuedCertificate, IssuedCertificates } from "./issued-certificates.ts";
import { authorityFolder, openAuthority } from "./open-authority.ts";
import { writeWholeFile } from "./write-whole-file.ts";

/** List of revoked certificates in the authority's folder, which an external broker reads too. */
export const revocationListFile = "revoked.crl.pem";
/** A device's newest certificate that ends sooner than this is trouble: it should have been renewed long before. */
export const nearEndMicros = 14 * 24 * 3_600_000_000;

/** Who a certificate says it is; or why it is not taken. */
export type Identification =
  | { readonly kind: "device"; readonly certificate: IssuedCertificate }
  | { readonly kind: "revoked" | "expired" | "unknown" };

/** A device's certificates, and whether they are still to be taken. */
export interface KnownCertificate extends IssuedCertificate {
  readonly revoked: boolean;
}

/**
 * Who may be a device of this hub: certificates that its authority has issued, less those that are revoked. One hub at a
 * time revokes; `openStore` sees to it that a data folder has one.
 */
export class DeviceIdentities {
  readonly authority: CertificateAuthority;
  readonly #clock: Clock;
  readonly #listPath: string;
  readonly #issued: IssuedCertificates;
  readonly #revoked: Map<string, RevokedSerial>;

  constructor(parts: {
    readonly authority: CertificateAuthority;
    readonly clock: Clock;
    readonly folder: string;
    readonly revoked: readonly RevokedSerial[];
  }) {
    this.authority = parts.authority;
    this.#clock = parts.clock;
    this.#listPath = join(parts.folder, revocationListFile);
    this.#issued = new IssuedCertificates(join(parts.folder, "issued"));
    this.#revoked = new Map(parts.revoked.map((revoked) => [revoked.serial, revoked]));
  }

  /** Issues a certificate to a device whose request was confirmed, or which shows one that holds; PEM. */
  async issue(checked: CheckedRequest): Promise<string> {
    const certificatePem = await this.authority.issueDevice(checked);
    await this.#issued.add(certificatePem);
    return certificatePem;
  }

  /** Issues key and certificate to a device of this machine. */
  async issueLocal(deviceId: string): Promise<KeyAndCertificate> {
    const identity = await this.authority.issueLocalDevice(deviceId);
    await this.#issued.add(identity.certificatePem);
    return identity;
  }

  /** Whose a certificate is that the TLS handshake has found to be signed by the authority and in its time. */
  identify(certificate: X509Certificate): Identification {
    const described = describeCertificate(certificate);
    if (this.#revoked.has(described.serial)) return { kind: "revoked" };
    if (described.endsAtMicros <= this.#clock.nowMicros()) return { kind: "expired" };
    if (!deviceIdSchema.safeParse(described.device).success) return { kind: "unknown" };
    return { kind: "device", certificate: described };
  }

  /** True while a certificate of this serial number is to be taken, once it has been. */
  stillHolds(certificate: IssuedCertificate): boolean {
    return !this.#revoked.has(certificate.serial) && certificate.endsAtMicros > this.#clock.nowMicros();
  }

  /** True when a certificate is on the list of revoked ones. */
  isRevoked(certificate: IssuedCertificate): boolean {
    return this.#revoked.has(certificate.serial);
  }

  /**
   * Revokes all certificates of a device. They are refused from now on, and on disk when this resolves. Throws badInput "no-certificate" when there is none that holds.
   */
  async revokeDevice(device: string): Promise<void> {
    const holding = (await this.all()).filter((known) => known.device === device && !known.revoked);
    if (holding.length === 0) {
      throw badInput("no-certificate", `${device} has no certificate that could be revoked.`);
    }
    await this.#revoke(holding.map(({ serial }) => serial));
  }

  /** All certificates that are remembered, in the order of their ends. */
  async all(): Promise<KnownCertificate[]> {
    const issued = await this.#issued.all(this.#clock.nowMicros());
    return issued
      .map((certificate) => ({ ...certificate, revoked: this.#revoked.has(certificate.serial) }))
      .sort((a, b) => a.endsAtMicros - b.endsAtMicros);
  }

  /** Devices whose newest certificate ends soon, or has ended and was not revoked; a sentence each. */
  async nearEnds(): Promise<string[]> {
    const newest = new Map<string, KnownCertificate>();
    for (const certificate of await this.all())
      if (!certificate.revoked) newest.set(certificate.device, certificate);
    const nowMicros = this.#clock.nowMicros();
    return [...newest.values()]
      .filter(({ endsAtMicros }) => endsAtMicros - nowMicros < nearEndMicros)
      .map(({ device, endsAtMicros }) => {
        const day = new Date(endsAtMicros / 1_000).toISOString().slice(0, 10);
        return endsAtMicros <= nowMicros
          ? `The certificate of ${device} has ended on ${day}: enrol it anew, or revoke it if it is gone.`
          : `The certificate of ${device} ends on ${day} and was not renewed: see its log, or enrol it anew.`;
      });
  }

  /** Writes the list of revoked certificates. */
  async writeList(): Promise<void> {
    await writeWholeFile(this.#listPath, await this.authority.revocationListPem([...this.#revoked.values()]));
  }

  async #revoke(serials: readonly string[]): Promise<void> {
    const atMicros = this.#clock.nowMicros();
    for (const serial of serials) this.#revoked.set(serial, { serial, atMicros });
    await this.writeList();
  }
}

/**
 * Opens who may be a device of the hub in this data folder, and makes its authority at first need. Throws as
 * `openAuthority` does, and badInput "authority-damaged" for a list of revoked certificates that cannot be read: nobody
 * is let in on a guess.
 */
export async function openIdentities(dataFolder: string, clock: Clock): Promise<DeviceIdentities> {
  const authority = await openAuthority(dataFolder, clock);
  const folder = authorityFolder(dataFolder);
  const path = join(folder, revocationListFile);
  const identities = (revoked: readonly RevokedSerial[]): DeviceIdentities =>
    new DeviceIdentities({ authority, clock, folder, revoked });
  const damaged = (why: string, options?: ErrorOptions): Failure =>
    badInput(
      "authority-damaged",
      `${path} cannot be read, and with it who is shut out (${why}): restore it from a backup.`,
      options,
    );
  if (!existsSync(path)) {
    const fresh = identities([]);
    if ((await fresh.all()).length > 0) throw damaged("it is not there");
    await fresh.writeList();
    return fresh;
  }
  try {
    return identities(await authority.readRevocationList(await readFile(path, "utf8")));
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
