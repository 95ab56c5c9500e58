import { parentPort } from "node:worker_threads";
import type { WorkerAnswer } from "#learning/dataset/episode-pool.ts";
import type { EpisodeRecipe } from "#learning/dataset/episode-rows.ts";
import { syntheticRows } from "./synthetic-rows.ts";

// Answers like the thread that renders episodes, but early ones take longest, and one scenario breaks it.
parentPort?.on("message", (recipe: EpisodeRecipe) => {
  if (recipe.scenario === "breaks") throw new Error("the thread broke");
  for (let i = 0; i < 1e6 / (1 + recipe.episode); i += 1) Math.sqrt(i);
  const answer: WorkerAnswer = { kind: "rows", rows: syntheticRows(recipe) };
  parentPort?.postMessage(answer);
});
