import { Worker } from "node:worker_threads";
import { badInput, machineFault } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { InstalledModel } from "../installed-model.ts";
import { type CheckedPackage, installedFrom } from "../open-model-package.ts";
import { arrived } from "../travelling-failure.ts";
import type { ModelCheck, ModelCheckAnswer } from "./model-check-messages.ts";

/** A check that takes longer is given up; the shipped model takes 1 to 3 s on a busy PC. */
export const modelCheckSecondsMax = 120;
/** Memory of a check beside its buffers: eight times what the shipped model needs. */
const heapMebibytesMax = 512;

/**
 * Checks a package's file in a thread of its own. Rejects with a `Failure` for one that is not good, and when `givenUp`
 * aborts, which ends the thread.
 */
export type CheckApart = (check: ModelCheck, givenUp?: AbortSignal) => Promise<CheckedPackage>;

/**
 * Opens a package: a thread of its own reads, unpacks and checks it, so that no package stops
 * the one that decides, and only one that was found good gets here, ready to run.
 */
export async function openModelApart(check: ModelCheck, checkApart: CheckApart): Promise<InstalledModel> {
  return installedFrom(await checkApart(check));
}

/** A check in a worker thread, for at most `modelCheckSecondsMax`. */
export function workerCheck(clock: Pick<Clock, "after">): CheckApart {
  return async (check, givenUp) => {
    const worker = new Worker(workerProgram(new URL("./model-check-worker.ts", import.meta.url)), {
      workerData: check,
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytesMax },
    });
    const giveUp = (): void => void worker.terminate();
    givenUp?.addEventListener("abort", giveUp);
    if (givenUp?.aborted === true) giveUp();
    try {
      return await answerOf(worker, check, clock);
    } finally {
      givenUp?.removeEventListener("abort", giveUp);
      await worker.terminate();
    }
  };
}

function answerOf(worker: Worker, check: ModelCheck, clock: Pick<Clock, "after">): Promise<CheckedPackage> {
  const { path } = check.file;
  return new Promise((resolve, reject) => {
    const cancel = clock.after(1_000 * modelCheckSecondsMax, () =>
      reject(
        badInput(
          "package-unusable",
          `${path} is not checked within ${modelCheckSecondsMax} s: make it smaller.`,
        ),
      ),
    );
    worker.on("message", (answer: ModelCheckAnswer) => {
      if (answer.kind === "good") resolve(answer.checked);
      else reject(arrived(answer.failure));
    });
    worker.on("error", ({ message }) =>
      reject(badInput("package-unusable", `${path} cannot be checked (${message}): train it again.`)),
    );
    worker.on("exit", () => {
      cancel();
      reject(machineFault("model-check-failed", `The thread that checks ${path} has ended: try it again.`));
    });
  });
}
