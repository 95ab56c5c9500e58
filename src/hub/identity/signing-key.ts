import { createHash, createPrivateKey, createPublicKey, type webcrypto } from "node:crypto";

/** How everything of this authority is signed. */
export const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A private key as PEM (PKCS #8), made ready to sign. Throws for what is no P-256 key. */
export function signingKeyOf(keyPem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(keyPem).export({ type: "pkcs8", format: "der" });
  return crypto.subtle.importKey("pkcs8", new Uint8Array(der), algorithm, false, ["sign"]);
}

/** The public key that belongs to a private one in PEM. */
export function publicKeyOf(keyPem: string): Promise<webcrypto.CryptoKey> {
  const der = createPublicKey(keyPem).export({ type: "spki", format: "der" });
  return crypto.subtle.importKey("spki", new Uint8Array(der), algorithm, true, ["verify"]);
}

/** A new pair of keys. */
export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}

/** A private key as PEM (PKCS #8). */
export async function keyPemOf(privateKey: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ type: "pkcs8", format: "pem" })
    .toString();
}

/** SHA-256 of a public key (SPKI, DER), hexadecimal. */
export function fingerprintOf(spki: ArrayBuffer | Uint8Array): string {
  return createHash("sha256").update(new Uint8Array(spki)).digest("hex");
}
