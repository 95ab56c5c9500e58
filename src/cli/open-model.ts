import { badInput } from "#core/failure.ts";
import {
  type InstalledModel,
  type ModelChoice,
  missingModel,
  shippedModelAbsent,
} from "#edge/installed-model.ts";
import { openModelPackage } from "#edge/open-model-package.ts";
import { packageBytesMax } from "#model-package/unpack-model.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import { defaultModelPath, shippedModelHash } from "./default-model.ts";

/** Options of every command that decides with a model. */
export const modelOptions: Readonly<Record<string, OptionSpec>> = {
  model: {
    value: "FILE|none",
    help: "model package beside the rules (default: the one that comes with this software)",
  },
  "no-model": { value: null, help: "the rules alone, the same as --model none" },
  "model-key": {
    value: "PEM",
    help: "takes only a package signed by this Ed25519 public key, or the shipped one",
  },
};

/** Largest file of a public key: a PEM of one key has 113 bytes. */
const keyBytesMax = 10_000;

/** Where the shipped model lies and how it is known. */
export interface ShippedModel {
  readonly path: string | null;
  readonly hash: string | null;
}

/**
 * The model that the command line asks for, read and checked: its hash, its signature where a key was given, the
 * features it was made for, and its golden values. Throws `Failure` with one sentence for a package that fails any of
 * it. The shipped model alone may be missing, which the device then tells as a fault.
 */
export async function openModel(
  invocation: Pick<Invocation, "values" | "switches">,
  shipped: ShippedModel = { path: defaultModelPath(), hash: shippedModelHash },
): Promise<ModelChoice> {
  const { switches, values } = invocation;
  const named = values["model"];
  const isNone = switches.has("no-model") || named === "none";
  if (switches.has("no-model") && named !== undefined && named !== "none")
    throw badInput("usage", "--no-model and --model FILE contradict each other: leave one out.");
  if (isNone && values["model-key"] !== undefined)
    throw badInput("usage", "--model-key does nothing without a model: leave it out.");
  if (isNone) return "none";
  const path = named ?? shipped.path;
  const keyPath = values["model-key"] ?? null;
  if (path === null) return missingModel(shippedModelAbsent);
  const signer = keyPath === null ? null : await readSignerFile(keyPath);
  const model = await openModelPackage(await readFileBytes(path, packageBytesMax), path, {
    signer,
    shippedHash: shipped.hash,
  });
  if (named === undefined) refuseOtherThanShipped(model, { path, hash: shipped.hash });
  return model;
}

/** Throws `badInput` "package-untrusted" for a package in the shipped model's place that is another. */
export function refuseOtherThanShipped({ identity }: InstalledModel, shipped: ShippedModel): void {
  if (shipped.hash === null || identity.hash === shipped.hash) return;
  throw badInput(
    "package-untrusted",
    `${shipped.path} is not the model that comes with this version: install the software again, or name a package with --model.`,
  );
}

/** The public key in a file, not looked at yet. Throws `Failure` for a file that cannot be read. */
export async function readSignerFile(path: string): Promise<{ readonly pem: string; readonly name: string }> {
  return { pem: new TextDecoder().decode(await readFileBytes(path, keyBytesMax)), name: path };
}

/** One line for people: which model decides beside the rules, or why none does. */
export function modelNote(choice: ModelChoice | "loading"): string {
  if (choice === "none") return "No model, as asked: the rules decide alone.";
  if (choice === "loading") return "The model is being checked: the rules decide alone until it is there.";
  if ("missing" in choice) return `No model. ${choice.missing}`;
  return `Model ${describeModel(choice)}, stands beside the rules.`;
}

/** A model in words, for example "fires (0123456789ab), unsigned, trained on 50000 rows of 900 episodes by 0.1.0". */
export function describeModel({ identity }: InstalledModel): string {
  const { name, hash, trust, rows, episodes, codeVersion } = identity;
  return `${name} (${hash.slice(0, 12)}), ${trustWords[trust]}, trained on ${rows} rows of ${episodes} episodes by version ${codeVersion}`;
}

const trustWords: Readonly<Record<ModelIdentity["trust"], string>> = {
  shipped: "shipped with this version",
  signed: "signature checked",
  unverified: "signature not checked (no --model-key)",
  unsigned: "unsigned",
};
