/** A program for `EpisodePool` that answers with synthetic rows instead of rendered ones. */
export const tinyDatasetProgram: URL = new URL("./tiny-dataset-worker.ts", import.meta.url);
