import { join } from "node:path";
import { openModelApart, workerCheck } from "#edge/commands/check-model-apart.ts";
import type { PackageFile } from "#edge/commands/model-check-messages.ts";
import { ModelStore } from "#edge/commands/model-store.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import type { InstalledModel, ModelChoice } from "#edge/installed-model.ts";
import { shippedModelHash } from "../default-model.ts";
import { openModel, readSignerFile } from "../open-model.ts";
import { systemClock } from "../system-clock.ts";

/** The model that a configuration names, read and checked. Throws `Failure` as `openModel` does. */
export function openEdgeModel({ model }: EdgeConfig): Promise<ModelChoice> {
  const { file, publicKeyFile } = model;
  return openModel({
    switches: new Set(),
    values: {
      ...(file === null ? {} : { model: file }),
      ...(publicKeyFile === null ? {} : { "model-key": publicKeyFile }),
    },
  });
}

/** Where a device keeps models that come from its hub. */
export function modelFolder({ dataFolder, device }: Pick<EdgeConfig, "dataFolder" | "device">): string {
  return join(dataFolder, `${device.id}.models`);
}

/** The models of a device: the configured one, and what has come from its hub since. Throws `Failure` as `openModel`. */
export async function openEdgeModels(config: EdgeConfig, log: (line: string) => void): Promise<ModelStore> {
  const configured = await openEdgeModel(config);
  const open = (file: PackageFile): Promise<InstalledModel> => openFromAfar(config, file);
  return ModelStore.open({ folder: modelFolder(config), configured, open, log });
}

/** From afar only what is signed by the configured key, or the shipped one by its hash, is taken. */
async function openFromAfar({ model }: EdgeConfig, file: PackageFile): Promise<InstalledModel> {
  const { publicKeyFile } = model;
  const signer = publicKeyFile === null ? "none" : await readSignerFile(publicKeyFile);
  return openModelApart({ file, trust: { signer, shippedHash: shippedModelHash } }, workerCheck(systemClock));
}
