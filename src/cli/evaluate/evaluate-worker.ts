import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import { serveJudgements } from "#learning/evaluation/serve-judgements.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

await serveJudgements({
  scenarios: scenarioLibrary,
  kernel: loadFeatureKernel(),
  cameraLoops: loadCameraLoops(),
  makeLens: loadLens(),
});
