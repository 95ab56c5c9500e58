import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type Cheat, syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { cheatingNumbers, cheatingWords, checkCheating } from "./cheating-checks.ts";
import { featureColumnNames, splitNames } from "./dataset-columns.ts";
import { datasetFaults, faultsText } from "./dataset-faults.ts";
import { describeDataset } from "./describe-dataset.ts";
import { descriptionPage } from "./description-page.ts";
import { generateDataset } from "./generate-dataset.ts";
import { type Dataset, openDataset } from "./open-dataset.ts";
import { rankAuc } from "./rank-auc.ts";

async function datasetWith(context: TestContext, cheat: Cheat, samples = 900): Promise<Dataset> {
  const folder = join(await temporaryFolder(context), "set");
  await generateDataset(
    {
      folder,
      scenarios: tinyScenarios,
      samples,
      seed: 8,
      fold: 0,
      shares: { train: 0.6, validation: 0.2, test: 0.2 },
      csv: null,
      softwareVersion: "0.0.0",
    },
    {
      render: async (recipe) => syntheticRows(recipe, cheat),
      windowMax: 1,
      isStopped: () => false,
      onProgress: () => {},
    },
  );
  return openDataset(folder);
}

async function reportOn(dataset: Dataset) {
  const table = await dataset.read({
    splits: splitNames,
    numbers: [...featureColumnNames, ...cheatingNumbers],
    words: cheatingWords,
  });
  return checkCheating(table);
}

test("the area under the curve counts ties half and takes absence for a value", () => {
  assert.equal(rankAuc([1, 2, 3, 4], [0, 0, 1, 1]), 1);
  assert.equal(rankAuc([1, 2, 3, 4], [1, 1, 0, 0]), 0);
  assert.equal(rankAuc([5, 5, 5, 5], [0, 1, 0, 1]), 0.5);
  assert.equal(rankAuc([1, 3, 2, 4], [0, 0, 1, 1]), 0.75);
  assert.equal(rankAuc([Number.NaN, Number.NaN, 0, 0], [1, 1, 0, 0]), 0);
  assert.ok(Number.isNaN(rankAuc([1, 2], [1, 1])));
});

test("nothing tells a fire from its twin before ignition in honest data", async (context) => {
  const report = await reportOn(await datasetWith(context, "none"));
  assert.ok(report.twinSeconds > 50);
  assert.equal(report.equalTwinSeconds, report.twinSeconds);
  assert.equal(report.mostTelling?.auc, 0.5);
  const gated = report.scores.filter(({ verdict }) => verdict !== "told");
  assert.equal(gated.length, 5);
  assert.deepEqual(new Set(gated.map(({ verdict }) => verdict)), new Set(["passed"]));
  const now = report.scores.find(({ question, sees }) => question.startsWith("any") && sees === "time only");
  assert.ok(now !== undefined && now.auc > 0.6, "time does tell something of what burns now");
});

test("a feature that knows what will burn is found out", async (context) => {
  const report = await reportOn(await datasetWith(context, "telling-feature"));
  assert.equal(report.equalTwinSeconds, 0);
  assert.equal(report.mostTelling?.feature, "t_max");
  assert.ok((report.mostTelling?.auc ?? 0) > 0.9);
  const [all] = report.scores;
  assert.equal(all?.sees, "all features");
  assert.equal(all?.verdict, "failed");
});

test("too few episodes pass nothing: they are said to be too few", async (context) => {
  const report = await reportOn(await datasetWith(context, "none", 150));
  const verdicts = new Set(report.scores.map(({ verdict }) => verdict));
  assert.ok(verdicts.has("too-few") && !verdicts.has("failed"), [...verdicts].join());
});

test("fires that come later than everything else are found out", async (context) => {
  const report = await reportOn(await datasetWith(context, "telling-time"));
  const failed = report.scores.filter(({ verdict }) => verdict === "failed");
  const asked = failed.map(({ question, sees }) => `${question} ${sees}`);
  assert.ok(asked.includes("before ignition: will this episode burn? time only"), asked.join());
});

test("the page says what is in a data set and loads nothing from anywhere", async (context) => {
  const dataset = await datasetWith(context, "none");
  const description = await describeDataset(dataset, {
    framesMax: 2,
    render: ({ recipe }) => ({ title: `<${recipe.scenario}>`, png: Uint8Array.of(1, 2, 3) }),
    onProgress: () => {},
  });
  assert.deepEqual(description.leaks.episodesInTwoSplits, []);
  assert.deepEqual(description.leaks.familiesInTwoSplits, []);
  assert.equal(description.leaks.duplicatesAcrossSplits, 0);
  assert.deepEqual(datasetFaults(description), {
    impossibleRows: 0,
    leaks: 0,
    waysToCheat: 0,
    asked: 5,
    notAsked: 0,
  });
  const { leaks, cheating, card } = description;
  const families = { ...description, leaks: { ...leaks, familiesInTwoSplits: ["oil"] } };
  assert.equal(datasetFaults(families).leaks, 1);
  const unequal = { ...cheating!, equalTwinSeconds: cheating!.twinSeconds - 1 };
  assert.equal(datasetFaults({ ...description, cheating: unequal }).waysToCheat, 1);
  const rooms = {
    ...description,
    leaks: { ...leaks, roomsInTwoSplits: ["hall", "office"], testRoomsElsewhere: ["hall"] },
  };
  const under = (roomRule: string) => datasetFaults({ ...rooms, card: { ...card, roomRule } }).leaks;
  assert.deepEqual(["templates", "test-templates", "individual-rooms"].map(under), [2, 1, 0]);
  assert.ok(description.leaks.duplicatesInPair > 50, "fires and twins are equal before ignition");
  const page = descriptionPage(description);
  assert.doesNotMatch(page, /(src|href)="(?!data:)|url\(|<script|@import/);
  assert.match(page, /&#60;paper-fire&#62;|&#60;wood-fire&#62;|&#60;oil-fire&#62;/);
  assert.equal(page.match(/<figure><img/g)?.length, 2);
  assert.match(page, new RegExp(dataset.card.contentSha256));
  assert.match(page, /Distribution of t_max by class/);
  assert.doesNotMatch(page, /NaN|undefined/);
});

test("a question with too few episodes has one dash on the page, and its verdict first", async (context) => {
  const dataset = await datasetWith(context, "none", 60);
  const description = await describeDataset(dataset, { framesMax: 0, render: null, onProgress: () => {} });
  const page = descriptionPage(description);
  assert.match(page, /<td><span class="too-few">too few episodes to say<\/span><\/td><td>before ignition/);
  assert.doesNotMatch(page, /– – –/);
});

test("what was never asked is called not checked, and not free of ways to cheat", () => {
  const none = { impossibleRows: 0, leaks: 1, waysToCheat: 0, asked: 0, notAsked: 9 };
  const clean = "0 impossible rows, 1 leak between splits, ";
  assert.equal(faultsText(none), `${clean}cheating not checked (9 questions with too few episodes to say)`);
  assert.equal(
    faultsText({ ...none, notAsked: 0 }),
    `${clean}cheating not checked (imported rows do not say what would have happened)`,
  );
  assert.equal(
    faultsText({ ...none, asked: 4, notAsked: 5 }),
    `${clean}0 ways to cheat in 4 questions asked; 5 questions with too few episodes to say`,
  );
  assert.equal(
    faultsText({ ...none, waysToCheat: 1, notAsked: 1 }),
    `${clean}1 way to cheat in 0 questions asked; 1 question with too few episodes to say`,
  );
});
