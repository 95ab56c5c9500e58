import { parentPort } from "node:worker_threads";
import { assert } from "#core/failure.ts";
import type { WorkerAnswer } from "./episode-pool.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import { type RenderMeans, renderRows } from "./render-rows.ts";

/** Renders, in a worker thread, each recipe that the pool sends. */
export function serveEpisodes(means: RenderMeans): void {
  assert(parentPort !== null, "episodes are served from a worker thread");
  const port = parentPort;
  port.on("message", (recipe: EpisodeRecipe) => {
    const answer = answerTo(recipe, means);
    if (answer.kind === "failed") port.postMessage(answer);
    else
      port.postMessage(answer, [
        answer.rows.numbersByRow.buffer as ArrayBuffer,
        answer.rows.labels.buffer as ArrayBuffer,
        answer.rows.stages.buffer as ArrayBuffer,
      ]);
  });
}

function answerTo(recipe: EpisodeRecipe, means: RenderMeans): WorkerAnswer {
  try {
    return { kind: "rows", rows: renderRows(recipe, means) };
  } catch (error) {
    return { kind: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}
