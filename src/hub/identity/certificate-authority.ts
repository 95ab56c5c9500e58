// The library of certificates wants this global polyfill to be there before it.
import "reflect-metadata/lite";
import { randomBytes, type webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type PublicKeyType,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509Crl,
  type X509CrlEntryParams,
  X509CrlGenerator,
} from "@peculiar/x509";
import type { Clock } from "#core/time.ts";
import { hubClientName } from "../hub-broker.ts";
import type { CheckedRequest } from "./certificate-request.ts";
import { algorithm, fingerprintOf, keyPemOf, newKeys, publicKeyOf, signingKeyOf } from "./signing-key.ts";

/** Twenty years: nothing renews the authority itself, and every device has to be enrolled again after it. */
export const authorityLifetimeDays = 7_300;
/** A year; a hub renews its own in time. */
export const serverLifetimeDays = 365;
/** A year; a device renews its own in time. */
export const deviceLifetimeDays = 365;
/**
 * Ten years: an external broker refuses everybody once its copy of the list has ended, and each revocation writes a new
 * one anyway.
 */
export const revocationListLifetimeDays = 3_650;
/** Certificates hold from a day before they are made, for devices whose clocks are behind. */
const backdatedMs = 24 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** RFC 5280 §4.1.2.2 allows 20 bytes; the first bit stays 0, so that the number is positive. */
const serialBytes = 16;
/** A certificate and the key that belongs to it, as PEM. */
export interface KeyAndCertificate {
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** A certificate that is no longer to be taken. */
export interface RevokedSerial {
  /** Hexadecimal, upper case, as Node writes serial numbers. */
  readonly serial: string;
  readonly atMicros: number;
}

/**
 * The hub's own certificate authority (X.509, ECDSA P-256): signs the certificates of devices, of the hub's servers and
 * the list of revoked ones (RFC 5280). Keeps nothing on disk by itself.
 */
export class CertificateAuthority {
  /** The authority's certificate, as PEM. */
  readonly certificatePem: string;
  /** SHA-256 of the authority's public key (SPKI), hexadecimal. */
  readonly keyFingerprint: string;
  readonly #clock: Clock;
  readonly #certificate: X509Certificate;
  readonly #signingKey: webcrypto.CryptoKey;

  constructor(parts: {
    readonly clock: Clock;
    readonly certificatePem: string;
    readonly signingKey: webcrypto.CryptoKey;
  }) {
    this.certificatePem = parts.certificatePem;
    this.#clock = parts.clock;
    this.#certificate = new X509Certificate(parts.certificatePem);
    this.#signingKey = parts.signingKey;
    this.keyFingerprint = fingerprintOf(this.#certificate.publicKey.rawData);
  }

  /** The authority's public key (SPKI, DER). */
  get publicKeyDer(): Uint8Array {
    return new Uint8Array(this.#certificate.publicKey.rawData);
  }

  /** When the authority ends, in microseconds. */
  get endsAtMicros(): number {
    return this.#certificate.notAfter.getTime() * 1_000;
  }

  /** A certificate of a device for the key of its request; the subject is the device id and nothing else. */
  issueDevice({ deviceId, publicKey }: CheckedRequest): Promise<string> {
    return this.#issueClient({ name: deviceId, uri: deviceUri(deviceId), publicKey });
  }

  /** A key and a certificate for a device of this machine, which needs no request. */
  async issueLocalDevice(deviceId: string): Promise<KeyAndCertificate> {
    return this.#withNewKey((publicKey) =>
      this.#issueClient({ name: deviceId, uri: deviceUri(deviceId), publicKey }),
    );
  }

  /** A key and a certificate by which the hub logs in at an external broker. */
  async issueHubClient(): Promise<KeyAndCertificate> {
    return this.#withNewKey((publicKey) =>
      this.#issueClient({ name: hubClientName, uri: "urn:emberwatch:hub", publicKey }),
    );
  }

  /** A key and a certificate for a server that is reached by these names and addresses. */
  async issueServer(names: readonly string[]): Promise<KeyAndCertificate> {
    return this.#withNewKey((publicKey) =>
      this.#issue({
        commonName: "emberwatch.server",
        publicKey,
        lifetimeDays: serverLifetimeDays,
        usage: [ExtendedKeyUsage.serverAuth],
        names: names.map((name) => ({ type: isIP(name) === 0 ? "dns" : "ip", value: name })),
      }),
    );
  }

  /** The list of revoked certificates, signed, as PEM. */
  async revocationListPem(revoked: readonly RevokedSerial[]): Promise<string> {
    const nowMs = this.#nowMs();
    const list = await X509CrlGenerator.create({
      issuer: this.#certificate.subjectName,
      thisUpdate: new Date(nowMs - backdatedMs),
      nextUpdate: new Date(nowMs + revocationListLifetimeDays * dayMs),
      entries: revoked.map(
        ({ serial, atMicros }): X509CrlEntryParams => ({
          serialNumber: serial,
          revocationDate: new Date(atMicros / 1_000),
        }),
      ),
      signingKey: this.#signingKey,
      signingAlgorithm: algorithm,
    });
    // The library calls it CRL; OpenSSL, and with it every broker, wants the label of RFC 7468 §7.
    return list.toString("pem").replaceAll(" CRL-----", " X509 CRL-----");
  }

  /** What a list revokes. Throws for one that this authority has not signed. */
  async readRevocationList(pem: string): Promise<RevokedSerial[]> {
    const list = new X509Crl(pem);
    if (!(await list.verify({ publicKey: this.#certificate.publicKey })))
      throw new Error("it is not signed by this hub");
    return list.entries.map(({ serialNumber, revocationDate }) => ({
      serial: serialNumber.toUpperCase(),
      atMicros: revocationDate.getTime() * 1_000,
    }));
  }

  async #withNewKey(issue: (publicKey: webcrypto.CryptoKey) => Promise<string>): Promise<KeyAndCertificate> {
    const keys = await newKeys();
    return { keyPem: await keyPemOf(keys.privateKey), certificatePem: await issue(keys.publicKey) };
  }

  #issueClient(client: { name: string; uri: string; publicKey: PublicKeyType }): Promise<string> {
    return this.#issue({
      commonName: client.name,
      publicKey: client.publicKey,
      lifetimeDays: deviceLifetimeDays,
      usage: [ExtendedKeyUsage.clientAuth],
      names: [{ type: "url", value: client.uri }],
    });
  }

  async #issue(wanted: {
    commonName: string;
    publicKey: PublicKeyType;
    lifetimeDays: number;
    usage: ExtendedKeyUsage[];
    names: { type: "dns" | "ip" | "url"; value: string }[];
  }): Promise<string> {
    const nowMs = this.#nowMs();
    const endsMs = Math.min(nowMs + wanted.lifetimeDays * dayMs, this.#certificate.notAfter.getTime());
    const extensions: Extension[] = [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(wanted.usage),
      new SubjectAlternativeNameExtension(wanted.names),
      await AuthorityKeyIdentifierExtension.create(this.#certificate.publicKey),
    ];
    const certificate = await X509CertificateGenerator.create({
      serialNumber: newSerial(),
      subject: `CN=${wanted.commonName}`,
      issuer: this.#certificate.subjectName,
      notBefore: new Date(nowMs - backdatedMs),
      notAfter: new Date(endsMs),
      publicKey: wanted.publicKey,
      signingKey: this.#signingKey,
      signingAlgorithm: algorithm,
      extensions,
    });
    return certificate.toString("pem");
  }

  #nowMs(): number {
    return this.#clock.nowMicros() / 1_000;
  }
}

/** The certificate by which an authority with this key vouches for itself, as PEM. */
export async function selfSignedAuthority(keyPem: string, clock: Clock): Promise<string> {
  const nowMs = clock.nowMicros() / 1_000;
  const publicKey = await publicKeyOf(keyPem);
  const privateKey = await signingKeyOf(keyPem);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=Emberwatch hub ${randomBytes(4).toString("hex")}`,
    notBefore: new Date(nowMs - backdatedMs),
    notAfter: new Date(nowMs + authorityLifetimeDays * dayMs),
    keys: { privateKey, publicKey },
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return certificate.toString("pem");
}

function deviceUri(deviceId: string): string {
  return `urn:emberwatch:device:${deviceId}`;
}

function newSerial(): string {
  const bytes = randomBytes(serialBytes);
  // Not zero at its front either: Node and others leave leading zeros away when they write the number.
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString("hex");
}
