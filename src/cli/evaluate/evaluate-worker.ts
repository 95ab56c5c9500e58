import { loadCameraLoops } from "#kernels/web-assembly-camera-loops.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import { namedTestFires } from "#learning/evaluation/named-test-fires.ts";
import { serveJudgements } from "#learning/evaluation/serve-judgements.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

await serveJudgements({
  scenarios: [...scenarioLibrary, ...namedTestFires],
  kernel: loadFeatureKernel(),
  cameraLoops: loadCameraLoops(),
  makeLens: loadLens(),
});
