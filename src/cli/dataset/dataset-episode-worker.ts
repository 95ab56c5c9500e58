import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { serveEpisodes } from "#learning/dataset/serve-episodes.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { makeCameraLoops, makeLens } from "../rendering-kernels.ts";

serveEpisodes({
  scenarios: scenarioLibrary,
  kernel: loadFeatureKernel(),
  cameraLoops: makeCameraLoops,
  makeLens,
});
