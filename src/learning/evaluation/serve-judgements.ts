import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import type { WorkerAnswer } from "../dataset/episode-pool.ts";
import type { EpisodeRecipe } from "../dataset/episode-rows.ts";
import type { RenderMeans } from "../dataset/render-rows.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { EpisodeJudge } from "./judge-episode.ts";

/** What a thread that judges is given at its start: the bytes of the packages. */
export interface JudgeWork {
  readonly packages: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Judges, in a worker thread, each recipe that the pool sends. */
export async function serveJudgements(means: RenderMeans): Promise<void> {
  assert(parentPort !== null, "episodes are judged in a worker thread");
  const port = parentPort;
  const { packages } = workerData as JudgeWork;
  const judge = Promise.all(packages.map(({ name, bytes }) => unpackModel(bytes, name))).then(
    (read) => new EpisodeJudge(read, means),
  );
  port.on("message", async (recipe: EpisodeRecipe) => {
    port.postMessage(await answerTo(recipe, judge));
  });
}

async function answerTo(
  recipe: EpisodeRecipe,
  judge: Promise<EpisodeJudge>,
): Promise<WorkerAnswer<EpisodeJudgement>> {
  try {
    return { kind: "rows", rows: (await judge).judge(recipe) };
  } catch (error) {
    return { kind: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}
