import { readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { z } from "zod";
import { badInput, machineFault } from "#core/failure.ts";
import type { ConfigAbility } from "#edge/commands/command-target.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { replaceFile } from "#edge/replace-file.ts";
import { parseEdgeConfig, withWholePaths } from "./read-edge-config.ts";

const trialSchema = z.strictObject({ v: z.literal(1), commandId: z.string().min(8).max(100) });

/**
 * What a command may not change: who the device is and where its hub and its state are, what it trusts, which lines it
 * drives, whether its sensors are real and how they are wired. A mistake there could silence a device or cut it off, with nobody beside it.
 */
const keptKeys = [
  "device.id",
  "hub",
  "dataFolder",
  "model",
  "outputs",
  "inputs",
  "sensors.emulated",
  "sensors.i2c",
  "sensors.spi",
  "sensors.video",
  "sensors.cameraPower",
  "sensors.sensorPower",
  "commands",
] as const satisfies readonly string[];

/** A device's configuration, the one before it, and the mark that a new one is being tried. */
export class ConfigFiles {
  readonly #path: string;
  readonly #previous: string;
  readonly #trial: string;

  constructor(path: string) {
    const ending = extname(path);
    const base = join(dirname(path), basename(path, ending));
    this.#path = path;
    this.#previous = `${base}.previous${ending}`;
    this.#trial = `${base}.trial.json`;
  }

  /** Takes a checked text into trial; the one before is kept. Throws `machineFault` "config-not-written". */
  async begin(commandId: string, text: string): Promise<void> {
    try {
      const before = await readFile(this.#path, "utf8");
      await replaceFile(this.#previous, before);
      await replaceFile(this.#trial, JSON.stringify({ v: 1, commandId }));
      await replaceFile(this.#path, text);
    } catch (cause) {
      await rm(this.#trial, { force: true }).catch(() => undefined);
      const code = (cause as NodeJS.ErrnoException).code;
      throw machineFault(
        "config-not-written",
        `Nothing was changed: ${dirname(this.#path)} cannot be written by the device (${code}). Give that folder to its user, or change the file there.`,
        { cause },
      );
    }
  }

  /** The new configuration has proven itself. */
  async accept(): Promise<void> {
    await rm(this.#trial, { force: true });
  }

  /** The configuration before is the one again. It is renamed into its place, which a full disk allows too. */
  async takeBack(): Promise<void> {
    await rename(this.#previous, this.#path);
    await rm(this.#trial, { force: true });
  }

  /** Removes a mark that says nothing, or what cannot be undone; where the disk refuses, it is found again next time. */
  async forgetTrial(): Promise<void> {
    await rm(this.#trial, { force: true, recursive: true }).catch(() => undefined);
  }

  /** The command whose configuration was being tried when the device ended; null where none was. Throws for a bad mark. */
  async interruptedTrial(): Promise<string | null> {
    let text: string;
    try {
      text = await readFile(this.#trial, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    try {
      return trialSchema.parse(JSON.parse(text)).commandId;
    } catch (cause) {
      throw badInput("config-mark", `${this.#trial} does not say what was tried`, { cause });
    }
  }

  /** The text of the configuration. */
  text(): Promise<string> {
    return readFile(this.#path, "utf8");
  }

  /** Takes configurations by command; `onChanged` is told when one waits to be tried. */
  ability(running: EdgeConfig, onChanged: (commandId: string) => void): ConfigAbility {
    let isTaken = false;
    return {
      apply: async ({ commandId, text }) => {
        if (isTaken) return { ok: false, text: "Another configuration is being tried: wait for its answer." };
        const next = withWholePaths(parseEdgeConfig(text, "The configuration"), dirname(this.#path));
        refuseKept(running, next);
        if (text === (await this.text())) return { ok: true, text: "This configuration is in use already." };
        isTaken = true;
        await this.begin(commandId, text).catch((error: unknown) => {
          isTaken = false;
          throw error;
        });
        onChanged(commandId);
        return "later";
      },
    };
  }
}

/** Sensors that the device decides by; a command may add one and take none away. */
const sensorKeys = ["sensors.camera", "sensors.co2Sensor"] as const;

/** Throws `badInput` "config-kept" for a configuration that changes what a command may not change. */
export function refuseKept(running: EdgeConfig, next: EdgeConfig): void {
  const lost = sensorKeys.find((key) => at(running, key) !== "none" && at(next, key) === "none");
  if (lost !== undefined)
    throw badInput(
      "config-kept",
      `Nothing was changed: ${lost} is none, and a sensor can be taken away beside the device only. Leave it as it is.`,
    );
  const changed = keptKeys.find((key) => JSON.stringify(at(running, key)) !== JSON.stringify(at(next, key)));
  if (changed === undefined) return;
  throw badInput(
    "config-kept",
    `Nothing was changed: ${changed} can be changed beside the device only. Leave it as it is.`,
  );
}

function at(config: EdgeConfig, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>(
      (block, name) => (block as Readonly<Record<string, unknown>> | undefined)?.[name],
      config,
    );
}
