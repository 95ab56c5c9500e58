import { join } from "node:path";
import { Failure } from "#core/failure.ts";
import { openModelApart, workerCheck } from "#edge/commands/check-model-apart.ts";
import type { PackageFile } from "#edge/commands/model-check-messages.ts";
import { ModelStore } from "#edge/commands/model-store.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import type { InstalledModel, ModelChoice } from "#edge/installed-model.ts";
import { readSigner } from "#model-package/package-signature.ts";
import { shippedModelHash } from "../default-model.ts";
import { openModel, readSignerFile, type ShippedModel } from "../open-model.ts";
import { systemClock } from "../system-clock.ts";

/** The model that a configuration names, read and checked. Throws `Failure` as `openModel` does. */
export function openEdgeModel({ model }: EdgeConfig, shipped?: ShippedModel): Promise<ModelChoice> {
  const { file, publicKeyFile } = model;
  const values = {
    ...(file === null ? {} : { model: file }),
    ...(publicKeyFile === null ? {} : { "model-key": publicKeyFile }),
  };
  return openModel({ switches: new Set(), values }, shipped);
}

/** Where a device keeps models that come from its hub. */
export function modelFolder({ dataFolder, device }: Pick<EdgeConfig, "dataFolder" | "device">): string {
  return join(dataFolder, `${device.id}.models`);
}

/** The models of a device: the configured one, and what has come from its hub since. Throws `Failure` as `openModel`. */
export async function openEdgeModels(config: EdgeConfig, log: (line: string) => void): Promise<ModelStore> {
  const configured = await configuredModel(config, log);
  const open = (file: PackageFile): Promise<InstalledModel> => openFromAfar(config, file);
  return ModelStore.open({ folder: modelFolder(config), configured, open, log });
}

/**
 * The model by the configuration. A shipped one that is damaged is as one that is missing: told as trouble, while the
 * rules decide alone. Throws `Failure` for a package or key that the configuration names.
 */
export async function configuredModel(
  config: EdgeConfig,
  log: (line: string) => void,
  shipped?: ShippedModel,
): Promise<ModelChoice> {
  const { file, publicKeyFile } = config.model;
  if (file !== null) return openEdgeModel(config);
  if (publicKeyFile !== null) {
    const { pem, name } = await readSignerFile(publicKeyFile);
    readSigner(pem, name);
  }
  try {
    return await openEdgeModel(config, shipped);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log(`The shipped model is not used: ${error.message}`);
    return "missing";
  }
}

/** From afar only what is signed by the configured key, or the shipped one by its hash, is taken. */
async function openFromAfar({ model }: EdgeConfig, file: PackageFile): Promise<InstalledModel> {
  const { publicKeyFile } = model;
  const signer = publicKeyFile === null ? "none" : await readSignerFile(publicKeyFile);
  return openModelApart({ file, trust: { signer, shippedHash: shippedModelHash } }, workerCheck(systemClock));
}
