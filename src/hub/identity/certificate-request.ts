// The library of certificates wants this global polyfill to be there before it.
import "reflect-metadata/lite";
import { Pkcs10CertificateRequest, type PublicKey } from "@peculiar/x509";
import { badInput } from "#core/failure.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { requestCharactersMax } from "#wire/enrolment-messages.ts";
import { algorithm, fingerprintOf } from "./signing-key.ts";

/** A request for a certificate whose signature is right. */
export interface CheckedRequest {
  /** The device id that it asks for. */
  readonly deviceId: string;
  /** SHA-256 of its public key (SPKI), hexadecimal. */
  readonly keyFingerprint: string;
  readonly publicKey: PublicKey;
}

interface EcKeyAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
}

/**
 * Reads a request for a device's certificate (PKCS #10, RFC 2986) and proves that whoever asks has the key. Throws
 * badInput "request-refused".
 */
export async function checkRequest(pem: string): Promise<CheckedRequest> {
  const refuse = (why: string): never => {
    throw badInput("request-refused", `The request for a certificate ${why}.`);
  };
  if (pem.length > requestCharactersMax) return refuse("is too long");
  let request: Pkcs10CertificateRequest;
  let signed: boolean;
  try {
    request = new Pkcs10CertificateRequest(pem);
    signed = await request.verify();
  } catch {
    return refuse("is no PKCS #10 request");
  }
  if (!signed) return refuse("is not signed by its own key");
  const { name, namedCurve } = request.publicKey.algorithm as EcKeyAlgorithm;
  if (name !== algorithm.name || namedCurve !== algorithm.namedCurve)
    return refuse("needs an ECDSA key on P-256");
  const deviceId = deviceIdSchema.safeParse(/^CN=([^,+]+)$/.exec(request.subject)?.[1]);
  if (!deviceId.success) return refuse("names no device id as its subject");
  const keyFingerprint = fingerprintOf(request.publicKey.rawData);
  return { deviceId: deviceId.data, keyFingerprint, publicKey: request.publicKey };
}
