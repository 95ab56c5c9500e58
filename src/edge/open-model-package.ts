import { badInput, Failure } from "#core/failure.ts";
import { type CheckedModel, checkModel, ModelScorer } from "#inference/model-scorer.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { readSigner, verifyPackage } from "#model-package/package-signature.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";
import type { InstalledModel } from "./installed-model.ts";

/** By what a package is trusted. */
export interface PackageTrustSources {
  /** Takes only a package signed by this key, or the shipped one; "none" takes the shipped one alone; null takes any. */
  readonly signer: { readonly pem: string; readonly name: string } | "none" | null;
  /** Address of the package that comes with this software; null where none does. */
  readonly shippedHash: string | null;
}

/** A package that was found good, as plain data: it can be sent from the thread that checked it. */
export interface CheckedPackage {
  readonly identity: ModelIdentity;
  readonly model: CheckedModel;
}

/**
 * A package out of its bytes, checked: its hash, its signature where a key is given, the features it was made for, and
 * its golden values. Throws `badInput` with one sentence for a package that fails any of it. It takes a second of the
 * thread: a device at work checks in another (`checkModelApart`).
 */
export async function openModelPackage(
  bytes: Uint8Array,
  name: string,
  trust: PackageTrustSources,
): Promise<InstalledModel> {
  return installedFrom(await checkModelPackage(bytes, name, trust));
}

/** The check of `openModelPackage` alone. Nothing of the graph is read before the package is trusted. */
export async function checkModelPackage(
  bytes: Uint8Array,
  name: string,
  trust: PackageTrustSources,
): Promise<CheckedPackage> {
  const read = await unpackModel(bytes, name);
  const identity = identityOf(read, trustOf(read, trust));
  try {
    return { identity, model: checkModel(read) };
  } catch (cause) {
    // What goes wrong in a graph is the package's fault.
    if (cause instanceof Failure) throw cause;
    throw badInput("package-unusable", `The graph in ${name} cannot be run: train it again.`, { cause });
  }
}

/** A package that was found good, ready to decide. */
export function installedFrom({ identity, model }: CheckedPackage): InstalledModel {
  return { scorer: new ModelScorer(model), identity };
}

function trustOf(read: ModelPackage, { signer, shippedHash }: PackageTrustSources): ModelIdentity["trust"] {
  const key = signer === null || signer === "none" ? null : readSigner(signer.pem, signer.name);
  if (read.hash === shippedHash) return "shipped";
  if (signer === "none")
    throw badInput(
      "package-untrusted",
      "From its hub this device takes signed models only: name the signer's key in its configuration as model.publicKeyFile.",
    );
  if (key === null) return read.signature === null ? "unsigned" : "unverified";
  verifyPackage(read, { signers: [key], pinnedHashes: [] });
  return "signed";
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
