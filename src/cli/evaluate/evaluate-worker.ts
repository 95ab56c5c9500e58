import { serveJudgements } from "#learning/evaluation/serve-judgements.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

await serveJudgements(scenarioLibrary);
