import { badInput, Failure } from "#core/failure.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { readSigner, verifyPackage } from "#model-package/package-signature.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";
import type { InstalledModel } from "./installed-model.ts";

/** By what a package is trusted. */
export interface PackageTrustSources {
  /** Takes only a package signed by this key, or the shipped one; null takes any. */
  readonly signer: { readonly pem: string; readonly name: string } | null;
  /** Address of the package that comes with this software; null where none does. */
  readonly shippedHash: string | null;
}

/**
 * A package out of its bytes, checked: its hash, its signature where a key is given, the features it was made for, and
 * its golden values. Throws `badInput` with one sentence for a package that fails any of it.
 */
export async function openModelPackage(
  bytes: Uint8Array,
  name: string,
  trust: PackageTrustSources,
): Promise<InstalledModel> {
  const read = await unpackModel(bytes, name);
  const identity = identityOf(read, trustOf(read, trust));
  return { scorer: scorerOf(read, name), identity };
}

function trustOf(read: ModelPackage, { signer, shippedHash }: PackageTrustSources): ModelIdentity["trust"] {
  if (signer !== null) {
    const pinnedHashes = shippedHash === null ? [] : [shippedHash];
    verifyPackage(read, { signers: [readSigner(signer.pem, signer.name)], pinnedHashes });
  }
  if (read.hash === shippedHash) return "shipped";
  if (signer !== null) return "signed";
  return read.signature === null ? "unsigned" : "unverified";
}

/** Computes the golden values; what goes wrong in a graph is the package's fault. */
function scorerOf(read: ModelPackage, name: string): ModelScorer {
  try {
    return new ModelScorer(read);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw badInput("package-unusable", `The graph in ${name} cannot be run: train it again.`, { cause });
  }
}

function identityOf({ hash, manifest }: ModelPackage, trust: ModelIdentity["trust"]): ModelIdentity {
  return {
    name: manifest.name,
    hash,
    trust,
    featureSchema: manifest.featureSchema.id,
    rows: manifest.data.rows,
    episodes: manifest.data.episodes,
    codeVersion: manifest.code.version.slice(0, 50),
  };
}
