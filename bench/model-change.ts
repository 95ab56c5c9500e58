import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { defaultModelPath } from "#cli/default-model.ts";
import { systemClock } from "#cli/system-clock.ts";
import { badInput } from "#core/failure.ts";
import { openModelApart, workerCheck } from "#edge/commands/check-model-apart.ts";
import { openModelPackage } from "#edge/open-model-package.ts";

/** Packages that are checked one after the other. */
const rounds = 5;
const trust = { signer: null, shippedHash: null } as const;

/** Longest times in milliseconds for which the deciding thread did nothing else while a model from afar was checked. */
export interface ModelChangeCost {
  /** As a device does it: in a thread of its own. */
  readonly apartMs: readonly number[];
  /** In the deciding thread itself, for comparison. */
  readonly inThreadMs: readonly number[];
}

/** Measures with the shipped model, or the package named; throws `Failure` where there is none. */
export async function measureModelChange(named: string | undefined): Promise<ModelChangeCost> {
  const path = named ?? defaultModelPath();
  if (path === null) throw badInput("usage", "There is no model to measure: name one with --model FILE.");
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
  const check = workerCheck(systemClock);
  const apart = (): Promise<unknown> => openModelApart({ file: { path, hash }, trust }, check);
  const inThread = (): Promise<unknown> => openModelPackage(readFileSync(path), path, trust);
  return { apartMs: await longestBlocks(apart), inThreadMs: await longestBlocks(inThread) };
}

async function longestBlocks(work: () => Promise<unknown>): Promise<readonly number[]> {
  const longest: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    // The first turn of the loop begins the measurement, and the last one ends what the work has held up.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await work();
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    longest.push(delay.max / 1e6);
  }
  return longest;
}
