import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import { serveEpisodes } from "#learning/dataset/serve-episodes.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

serveEpisodes({
  scenarios: scenarioLibrary,
  kernel: loadFeatureKernel(),
  cameraLoops: loadCameraLoops(),
  makeLens: loadLens(),
});
