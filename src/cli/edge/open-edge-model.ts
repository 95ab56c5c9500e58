import type { EdgeConfig } from "#edge/edge-config.ts";
import type { ModelChoice } from "#edge/installed-model.ts";
import { openModel } from "../open-model.ts";

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
