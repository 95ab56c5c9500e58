import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { writeFailure } from "#recording/partial-file.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { Command, Invocation } from "../command.ts";
import { findScenario } from "../find-scenario.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { makeLens } from "../rendering-kernels.ts";
import { describeScenario, scenarioJson, scenarioTable } from "../simulate/describe-scenario.ts";
import { drawContactSheet, type SheetScenario } from "../strip/contact-sheet.ts";
import { drawFilmStrip } from "../strip/film-strip.ts";
import { stripMoments, stripPictures } from "../strip/strip-pictures.ts";
import { tellingPicture } from "../strip/telling-picture.ts";
import { tellingSeed } from "../strip/telling-seed.ts";

const contactSheetName = "contact-sheet.png";
/** So many performances of a scenario are looked through for one that shows what it is about. */
const seedsTried = 10;

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
      help: "strip: one seed for all, instead of one for each that shows what happens; show: whose hot places (default 1)",
    },
    overwrite: { value: null, help: "strip: replaces pictures that exist" },
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
  const scenario = findScenario(name, scenarioLibrary);
  if (switches.has("json")) await output.json(scenarioJson(scenario, seed));
  else for (const line of describeScenario(scenario, seed)) await output.line(line);
  return 0;
}

async function drawStrips(invocation: Invocation, names: readonly string[]): Promise<number> {
  const { output, values } = invocation;
  const folder = values["out"];
  if (folder === undefined) throw badInput("usage", "Name the folder for the pictures with --out DIR.");
  const seed = numberOption(invocation, "seed", { kind: "integer", min: 0, max: 2 ** 31 - 1, default: null });
  const scenarios =
    names.length === 0
      ? scenarioLibrary
      : [...new Set(names)].map((name) => findScenario(name, scenarioLibrary));
  makePictureFolder(folder);
  if (!invocation.switches.has("overwrite"))
    await refuseExisting(folder, [...scenarios.map(stripName), contactSheetName]);
  const progress = new ProgressLine(output, "drawing");
  const sheet: SheetScenario[] = [];
  for (const scenario of scenarios) {
    progress.show(`${scenario.name}, ${sheet.length + 1} of ${scenarios.length}`);
    sheet.push(
      await drawStrip(scenario, { folder, seed: seed ?? tellingSeed(scenario, ownSeeds(scenario)) }),
    );
  }
  progress.clear();
  await savePicture(join(folder, contactSheetName), drawContactSheet(sheet));
  const strips = sheet.length === 1 ? "1 film strip" : `${sheet.length} film strips`;
  await output.line(`${folder}: ${strips} and ${contactSheetName}`);
  return 0;
}

async function drawStrip(
  scenario: Scenario,
  to: { readonly folder: string; readonly seed: number },
): Promise<SheetScenario> {
  const { folder, seed } = to;
  const episode = new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume", makeLens });
  const pictures = stripPictures(episode, stripMoments(episode));
  await savePicture(join(folder, stripName(scenario)), drawFilmStrip({ episode, seed, pictures }));
  return { scenario, pictures, shown: tellingPicture({ scenario, seed }, pictures) };
}

/** Seeds of the scenario's own, as one for all would draw the same room again and again; the first that tells is taken. */
function ownSeeds(scenario: Scenario): readonly [number, ...number[]] {
  const own = 1 + scenarioLibrary.indexOf(scenario);
  const others = Array.from({ length: seedsTried - 1 }, (_, i) => own + (i + 1) * scenarioLibrary.length);
  return [own, ...others];
}

function stripName(scenario: Scenario): string {
  return `${scenario.name}.png`;
}

/** Drawing takes long: whatever would be replaced is told before it begins. */
async function refuseExisting(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere)
      throw badInput(
        "output-exists",
        `${path} exists already: choose another folder, or say --overwrite to replace it.`,
      );
  }
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
