import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { openModelApart, workerCheck } from "#edge/commands/check-model-apart.ts";
import type { PackageFile } from "#edge/commands/model-check-messages.ts";
import { ModelStore } from "#edge/commands/model-store.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { type InstalledModel, type ModelChoice, shippedModelAbsent } from "#edge/installed-model.ts";
import { defaultModelPath, shippedModelHash } from "../default-model.ts";
import { openModel, readSignerFile, refuseOtherThanShipped, type ShippedModel } from "../open-model.ts";
import { systemClock } from "../system-clock.ts";

/** The model that a configuration names, read and checked in this thread. Throws `Failure` as `openModel` does. */
export function openEdgeModel({ model }: EdgeConfig): Promise<ModelChoice> {
  const { file, publicKeyFile } = model;
  const values = {
    ...(file === null ? {} : { model: file }),
    ...(publicKeyFile === null ? {} : { "model-key": publicKeyFile }),
  };
  return openModel({ switches: new Set(), values });
}

/** Where a device keeps models that come from its hub. */
export function modelFolder({ dataFolder, device }: Pick<EdgeConfig, "dataFolder" | "device">): string {
  return join(dataFolder, `${device.id}.models`);
}

/** The models of a device: the configured one, and what has come from its hub since. */
export function edgeModels(
  config: EdgeConfig,
  log: (line: string) => void,
  shipped: ShippedModel = { path: defaultModelPath(), hash: shippedModelHash },
): ModelStore {
  return new ModelStore({
    folder: modelFolder(config),
    configured:
      config.model.file === "none" ? "none" : (givenUp) => openConfigured(config, { shipped, givenUp }),
    open: (file, givenUp) => openFromAfar(config, { file, givenUp }),
    log,
  });
}

const checkApart = workerCheck(systemClock);

/** The model by the configuration, checked in a thread of its own by what `openModel` checks here. */
async function openConfigured(
  { model }: EdgeConfig,
  { shipped, givenUp }: { readonly shipped: ShippedModel; readonly givenUp: AbortSignal },
): Promise<InstalledModel> {
  const { file, publicKeyFile } = model;
  const path = file ?? shipped.path;
  if (path === null) throw badInput("model-missing", shippedModelAbsent);
  const signer = publicKeyFile === null ? null : await readSignerFile(publicKeyFile);
  const check = { file: { path, hash: null }, trust: { signer, shippedHash: shipped.hash } };
  const opened = await openModelApart(check, (it) => checkApart(it, givenUp));
  if (file === null) refuseOtherThanShipped(opened, shipped);
  return opened;
}

/** From afar only what is signed by the configured key, or the shipped one by its hash, is taken. */
async function openFromAfar(
  { model }: EdgeConfig,
  { file, givenUp }: { readonly file: PackageFile; readonly givenUp: AbortSignal },
): Promise<InstalledModel> {
  const { publicKeyFile } = model;
  const signer = publicKeyFile === null ? ("none" as const) : await readSignerFile(publicKeyFile);
  const check = { file, trust: { signer, shippedHash: shippedModelHash } };
  return openModelApart(check, (it) => checkApart(it, givenUp));
}
