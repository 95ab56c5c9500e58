import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { badInput } from "#core/failure.ts";
import { buffersOf } from "#inference/prepared-graph.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { modelTransferBytesMax } from "#wire/command-messages.ts";
import { type CheckedPackage, checkModelPackage } from "../open-model-package.ts";
import { travelling } from "../travelling-failure.ts";
import type { ModelCheck, ModelCheckAnswer } from "./model-check-messages.ts";

async function check({ file, trust }: ModelCheck): Promise<CheckedPackage> {
  const { path, hash } = file;
  const bytes = await readFileBytes(path, modelTransferBytesMax);
  if (hash !== null && createHash("sha256").update(bytes).digest("hex") !== hash)
    throw badInput("package-hash", `${path} is not the model that was sent: send it again.`);
  return checkModelPackage(bytes, path, trust);
}

const say = (answer: ModelCheckAnswer, transfer: readonly ArrayBuffer[]): void =>
  parentPort?.postMessage(answer, [...transfer]);
await check(workerData as ModelCheck).then(
  (checked) => say({ kind: "good", checked }, buffersOf(checked.model.graph)),
  (error: unknown) => say({ kind: "refused", failure: travelling(error, "model-check-failed") }, []),
);
