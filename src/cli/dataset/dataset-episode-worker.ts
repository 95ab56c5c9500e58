import { serveEpisodes } from "#learning/dataset/serve-episodes.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

serveEpisodes(scenarioLibrary);
