import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { writeFailure } from "#recording/partial-file.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary, scenarioNamed } from "#simulation/scenario/scenario-library.ts";
import type { Command, Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { describeScenario, scenarioJson, scenarioTable } from "../simulate/describe-scenario.ts";
import { drawContactSheet, type SheetScenario } from "../strip/contact-sheet.ts";
import { drawFilmStrip } from "../strip/film-strip.ts";
import { stripMoments, stripPictures } from "../strip/strip-pictures.ts";

const contactSheetName = "contact-sheet.png";

/** Lists the scenarios of the library, tells about one, and draws what they look like. */
export const scenariosCommand: Command = {
  name: "scenarios",
  summary: "Lists the scenarios that can be simulated, tells about one, or draws film strips of them.",
  usage: "[show NAME | strip [NAME…] --out DIR] [options]",
  options: {
    json: { value: null, help: "prints one JSON object per line" },
    out: { value: "DIR", help: "strip: folder for NAME.png of each scenario and contact-sheet.png" },
    seed: {
      value: "N",
      help: "strip: one seed for all, instead of one of its own for each; show: whose hot places (default 1)",
    },
  },
  examples: [
    "emberwatch scenarios",
    "emberwatch scenarios show quiet-room",
    "emberwatch scenarios strip quiet-room --out strips",
  ],
  notes: "docs/guides/scenarios.md says what a scenario is and how to write one.",
  async run(invocation) {
    const [verb, ...names] = invocation.positionals;
    switch (verb) {
      case undefined:
        return list(invocation);
      case "show":
        return show(invocation, names);
      case "strip":
        return drawStrips(invocation, names);
      default:
        throw badInput("usage", `"${verb}" is neither show nor strip. See emberwatch scenarios --help.`);
    }
  },
};

async function list(invocation: Invocation): Promise<number> {
  const { switches, output } = invocation;
  const seed = shownSeed(invocation);
  if (switches.has("json"))
    for (const scenario of scenarioLibrary) await output.json(scenarioJson(scenario, seed));
  else for (const line of scenarioTable(scenarioLibrary)) await output.line(line);
  return 0;
}

/** The seed whose hot places are told. */
function shownSeed(invocation: Invocation): number {
  return numberOption(invocation, "seed", { kind: "integer", min: 0, max: 2 ** 31 - 1, default: 1 });
}

async function show(invocation: Invocation, names: readonly string[]): Promise<number> {
  const { switches, output } = invocation;
  const seed = shownSeed(invocation);
  const [name, extra] = names;
  if (name === undefined || extra !== undefined) throw badInput("usage", "Name one scenario to show.");
  const scenario = scenarioNamed(name);
  if (switches.has("json")) await output.json(scenarioJson(scenario, seed));
  else for (const line of describeScenario(scenario, seed)) await output.line(line);
  return 0;
}

async function drawStrips(invocation: Invocation, names: readonly string[]): Promise<number> {
  const { output, values } = invocation;
  const folder = values["out"];
  if (folder === undefined) throw badInput("usage", "Name the folder for the pictures with --out DIR.");
  const seed = numberOption(invocation, "seed", { kind: "integer", min: 0, max: 2 ** 31 - 1, default: null });
  const scenarios = names.length === 0 ? scenarioLibrary : names.map(scenarioNamed);
  makePictureFolder(folder);
  const progress = new ProgressLine(output, "drawing");
  const sheet: SheetScenario[] = [];
  for (const scenario of scenarios) {
    progress.show(`${scenario.name}, ${sheet.length + 1} of ${scenarios.length}`);
    // One seed for all would draw the same room again and again.
    const own = 1 + scenarioLibrary.indexOf(scenario);
    sheet.push(await drawStrip(scenario, { folder, seed: seed ?? own }));
  }
  progress.clear();
  await savePicture(join(folder, contactSheetName), drawContactSheet(sheet));
  await output.line(`${folder}: ${sheet.length} film strips and ${contactSheetName}`);
  return 0;
}

async function drawStrip(
  scenario: Scenario,
  to: { readonly folder: string; readonly seed: number },
): Promise<SheetScenario> {
  const episode = new Episode({ scenario, seed: to.seed, fire: "as-staged", flameRenderer: "plume" });
  const pictures = stripPictures(episode, stripMoments(episode));
  await savePicture(
    join(to.folder, `${scenario.name}.png`),
    drawFilmStrip({ episode, seed: to.seed, pictures }),
  );
  return { scenario, pictures };
}

function makePictureFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

async function savePicture(path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes).catch((error: unknown) => {
    throw writeFailure(path, error);
  });
}
