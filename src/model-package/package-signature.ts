import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { badInput } from "#core/failure.ts";
import type { ModelPackage } from "./model-package.ts";
import { type PackageFiles, signedBytes } from "./package-files.ts";

/** Who a device trusts: signers' public keys, and packages that are trusted by their own hash (the shipped default). */
export interface PackageTrust {
  readonly signers: readonly KeyObject[];
  readonly pinnedHashes: readonly string[];
}

/** Signs a package's files with an Ed25519 private key (RFC 8032). */
export function signPackage(files: PackageFiles, privateKey: KeyObject): Uint8Array {
  return sign(null, signedBytes(files), privateKey);
}

/** A private key in PEM, to sign with; throws `badInput` when it is no Ed25519 key. */
export function readSigningKey(pem: string, name: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw badInput("signing-key", `${name} is no private key in PEM.`, { cause });
  }
  if (key.asymmetricKeyType !== "ed25519") throw badInput("signing-key", `${name} is no Ed25519 key.`);
  return key;
}

/** A public key in PEM; throws `badInput` when it is no Ed25519 key. */
export function readSigner(pem: string, name: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (cause) {
    throw badInput("signer-key", `${name} is no public key in PEM.`, { cause });
  }
  if (key.asymmetricKeyType !== "ed25519") throw badInput("signer-key", `${name} is no Ed25519 key.`);
  return key;
}

/** Throws `badInput` with code `package-untrusted` unless the package is pinned or signed by one of the signers. */
export function verifyPackage(read: ModelPackage, trust: PackageTrust): void {
  if (trust.pinnedHashes.includes(read.hash)) return;
  const { signature } = read;
  if (signature === null)
    throw badInput(
      "package-untrusted",
      `Package ${read.hash.slice(0, 12)} is not signed, and is not the shipped one.`,
    );
  const bytes = signedBytes(read.files);
  if (trust.signers.some((signer) => verify(null, bytes, signer, signature))) return;
  throw badInput(
    "package-untrusted",
    `Package ${read.hash.slice(0, 12)} is signed by nobody whom this device trusts.`,
  );
}
