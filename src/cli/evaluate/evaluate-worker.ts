import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { serveJudgements } from "#learning/evaluation/serve-judgements.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

await serveJudgements({ scenarios: scenarioLibrary, kernel: loadFeatureKernel() });
