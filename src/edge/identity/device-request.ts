// The library of certificates wants this global polyfill to be there before it.
import "reflect-metadata/lite";
import { createHash, generateKeyPairSync } from "node:crypto";
import { Pkcs10CertificateRequestGenerator } from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A new key and a request for its certificate. */
export interface DeviceRequest {
  /** PKCS #8 as PEM; it never leaves the device. */
  readonly keyPem: string;
  /** PKCS #10 as PEM. */
  readonly requestPem: string;
  /** SHA-256 of the public key (SPKI), hexadecimal. */
  readonly keyFingerprint: string;
}

/** Makes a new key (ECDSA P-256) for a device, and the request that asks for its certificate. */
export async function newDeviceRequest(deviceId: string): Promise<DeviceRequest> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: algorithm.namedCurve });
  const pkcs8 = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const { subtle } = crypto;
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${deviceId}`,
    keys: {
      privateKey: await subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
      publicKey: await subtle.importKey("spki", spki, algorithm, true, ["verify"]),
    },
    signingAlgorithm: algorithm,
  });
  return {
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    requestPem: request.toString("pem"),
    keyFingerprint: createHash("sha256").update(spki).digest("hex"),
  };
}
