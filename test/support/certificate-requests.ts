import "reflect-metadata/lite";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { Pkcs10CertificateRequestGenerator } from "@peculiar/x509";

/** A request for a certificate with a subject and a curve of one's own, as PEM, and its key. */
export async function certificateRequest(
  subject: string,
  namedCurve: "P-256" | "P-384" = "P-256",
): Promise<{ request: string; privateKey: KeyObject }> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  const algorithm = { name: "ECDSA", namedCurve, hash: "SHA-256" };
  const pkcs8 = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: subject,
    keys: {
      privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
      publicKey: await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]),
    },
    signingAlgorithm: algorithm,
  });
  return { request: request.toString("pem"), privateKey };
}
