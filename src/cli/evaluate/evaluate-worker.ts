import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { namedTestFires } from "#learning/evaluation/named-test-fires.ts";
import { serveJudgements } from "#learning/evaluation/serve-judgements.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { makeCameraLoops, makeLens } from "../rendering-kernels.ts";

await serveJudgements({
  scenarios: [...scenarioLibrary, ...namedTestFires],
  kernel: loadFeatureKernel(),
  cameraLoops: makeCameraLoops,
  makeLens,
});
