import { readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { z } from "zod";
import { badInput, machineFault } from "#core/failure.ts";
import type { ConfigAbility } from "#edge/commands/command-target.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { replaceFile } from "#edge/replace-file.ts";
import type { DiskRetry } from "./disk-retry.ts";
import { parseEdgeConfig, readEdgeConfig, withWholePaths } from "./read-edge-config.ts";

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

/** A configuration that waits to be tried, and the command that brought it. */
export interface ConfigChange {
  readonly commandId: string;
  readonly config: EdgeConfig;
}

/**
 * A device's configuration, the one before it, and the mark that a new one is being tried. How a trial ended is decided
 * in memory and owed to the disk until it takes it; no other is tried meanwhile.
 */
export class ConfigFiles {
  /** The configuration's file. */
  readonly path: string;
  readonly #previous: string;
  readonly #trial: string;
  readonly #retry: DiskRetry;

  constructor(path: string, retry: DiskRetry) {
    const ending = extname(path);
    const base = join(dirname(path), basename(path, ending));
    this.path = path;
    this.#retry = retry;
    this.#previous = `${base}.previous${ending}`;
    this.#trial = `${base}.trial.json`;
  }

  /** Takes a checked text into trial; the one before is kept. Throws `machineFault` "config-not-written". */
  async begin(commandId: string, text: string): Promise<void> {
    try {
      const before = await readFile(this.path, "utf8");
      await replaceFile(this.#previous, before);
      await replaceFile(this.#trial, JSON.stringify({ v: 1, commandId }));
      await replaceFile(this.path, text);
    } catch (cause) {
      await rm(this.#trial, { force: true }).catch(() => undefined);
      const code = (cause as NodeJS.ErrnoException).code;
      throw machineFault(
        "config-not-written",
        `Nothing was changed: ${dirname(this.path)} cannot be written by the device (${code}). Give that folder to its user, or change the file there.`,
        { cause },
      );
    }
  }

  /** The new configuration has proven itself; `onKept` is told when the disk knows. Never rejects. */
  accept(onKept: () => void): Promise<void> {
    return this.#retry.take({
      work: () => rm(this.#trial, { force: true }),
      problem: `The new configuration works, and ${this.#trial} cannot be removed, so that a restart would take it back`,
      onTaken: onKept,
    });
  }

  /** The configuration before is the one again. It is renamed into its place, which a full disk allows too. Never rejects. */
  takeBack(): Promise<void> {
    let isRenamed = false;
    return this.#retry.take({
      work: async () => {
        if (!isRenamed) await rename(this.#previous, this.path);
        isRenamed = true;
        await rm(this.#trial, { force: true });
      },
      problem: `The configuration before is at work, and ${this.#previous} cannot be put back as ${this.path}`,
    });
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

  /** The configuration in place. Throws as `readEdgeConfig`. */
  current(): Promise<EdgeConfig> {
    return readEdgeConfig(this.path);
  }

  /** The configuration before the one that is tried. Throws as `readEdgeConfig`. */
  before(): Promise<EdgeConfig> {
    return readEdgeConfig(this.#previous);
  }

  /** Takes configurations by command; `onChanged` is told when one waits to be tried. */
  ability(running: EdgeConfig, onChanged: (change: ConfigChange) => void): ConfigAbility {
    let isTaken = false;
    return {
      apply: async ({ commandId, text }) => {
        if (isTaken) return { ok: false, text: "Another configuration is being tried: wait for its answer." };
        if (this.#retry.isOwed)
          return {
            ok: false,
            text: `Nothing was changed: the disk of ${dirname(this.path)} does not keep how the configuration before this one ended. Check the disk.`,
          };
        const config = withWholePaths(
          parseEdgeConfig(text, "The configuration"),
          dirname(resolve(this.path)),
        );
        refuseKept(running, config);
        if (text === (await readFile(this.path, "utf8")))
          return { ok: true, text: "This configuration is in use already." };
        isTaken = true;
        await this.begin(commandId, text).catch((error: unknown) => {
          isTaken = false;
          throw error;
        });
        onChanged({ commandId, config });
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
