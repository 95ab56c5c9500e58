/**
 * Where the program of a worker thread lies: as named when the sources run; beside the bundle, by its name with .js,
 * when the bundle runs (scripts/build.ts bundles every file named …-worker.ts). Call it with
 * `new URL("./x-worker.ts", import.meta.url)`.
 */
export function workerProgram(source: URL): URL {
  return import.meta.url.endsWith(".ts")
    ? source
    : new URL(source.href.replace(/^.*\/([^/]+)\.ts$/, "$1.js"), import.meta.url);
}
