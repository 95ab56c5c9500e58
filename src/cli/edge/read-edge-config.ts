import { dirname, resolve } from "node:path";
import { type EdgeConfig, edgeConfigSchema } from "#edge/edge-config.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { parseYamlConfig } from "../yaml-config.ts";
import { issueWords } from "./config-issue.ts";

/** What `edge init` writes has about 5 kB. */
const fileBytesMax = 64 * 1024;

/**
 * Reads and checks a device's configuration; paths in it are taken from its folder. Throws `Failure` with one sentence
 * that names the file, the line and the key.
 */
export async function readEdgeConfig(path: string): Promise<EdgeConfig> {
  const text = new TextDecoder().decode(await readFileBytes(path, fileBytesMax));
  return withWholePaths(parseEdgeConfig(text, path), dirname(resolve(path)));
}

/** Checks the text of a configuration; `name` is how errors call its file. Throws as `readEdgeConfig` does. */
export function parseEdgeConfig(text: string, name: string): EdgeConfig {
  return parseYamlConfig(text, {
    name,
    schema: edgeConfigSchema,
    wordsOf: issueWords,
    remedy: "emberwatch edge init writes a whole one.",
  });
}

/** The same configuration with its paths taken from a folder. */
export function withWholePaths(config: EdgeConfig, folder: string): EdgeConfig {
  const whole = (path: string): string => resolve(folder, path);
  const { hub, model, sensors } = config;
  return {
    ...config,
    hub: { ...hub, credentialsFile: whole(hub.credentialsFile) },
    model: {
      file: model.file === null || model.file === "none" ? model.file : whole(model.file),
      publicKeyFile: model.publicKeyFile === null ? null : whole(model.publicKeyFile),
    },
    sensors: {
      ...sensors,
      emulated:
        sensors.emulated === null || sensors.emulated === "room" ? sensors.emulated : whole(sensors.emulated),
    },
    dataFolder: whole(config.dataFolder),
  };
}
