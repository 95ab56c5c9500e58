import { serveEpisodes } from "#learning/dataset/serve-episodes.ts";
import { tinyScenarios } from "./tiny-scenarios.ts";

serveEpisodes(tinyScenarios);
