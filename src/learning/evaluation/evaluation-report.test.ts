import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackModel } from "#model-package/unpack-model.ts";
import { alarmAt, madeJudgement, silentOutcome } from "#support/made-judgement.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { armFigures, fireClassOf, timeFigures, toldAt } from "./alarm-figures.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";
import { installedArm } from "./evaluation-arms.ts";
import { evaluationPage } from "./evaluation-page.ts";
import { evaluationReport } from "./evaluation-report.ts";
import { modelCard } from "./model-card.ts";
import { scoredRows } from "./row-figures.ts";

const nuisance = { fire: "none", kind: "nuisance", scenario: "steam", family: "steam", shows: "none" };

test("a fire that is never told of is infinitely late, and one told of before it burns is a false alarm", () => {
  const judged = [
    madeJudgement({ episode: 1 }, { outcome: alarmAt(46) }),
    madeJudgement({ episode: 2 }, { outcome: alarmAt(50) }),
    madeJudgement({ episode: 3 }, { outcome: silentOutcome }),
    madeJudgement({ episode: 4 }, { outcome: alarmAt(20) }),
  ];
  const { flaming } = armFigures(installedArm, judged).fires;
  assert.equal(flaming.alarmed, 2);
  assert.equal(flaming.missed, 2);
  assert.equal(flaming.unnoticed, 2);
  assert.equal(flaming.alarmedBefore, 1);
  assert.equal(flaming.alarmAfterVisible.medianSeconds, 10);
  assert.equal(flaming.alarmAfterVisible.p95Seconds, null);
  assert.deepEqual(flaming.alarmAfterIgnition.seconds, [16, 20]);
  assert.equal(toldAt(judged[0]!.about, alarmAt(46)).prealarm, 44);
});

test("what is asked of a detector depends on what a fire showed", () => {
  const classOf = (about: Parameters<typeof madeJudgement>[0]) =>
    fireClassOf(madeJudgement(about, { outcome: silentOutcome }).about);
  assert.equal(classOf({}), "flaming");
  assert.equal(classOf({ flamingSeconds: 5 }), "too short");
  assert.equal(classOf({ flamingSeconds: 0, slowHeatSeconds: 90 }), "slow heat");
  assert.equal(classOf({ shows: "hidden" }), "hidden");
  assert.equal(classOf(nuisance), null);
});

test("percentiles of times are those of all episodes", () => {
  const times = Array.from({ length: 20 }, (_, k) => k + 1);
  assert.equal(timeFigures(times).p95Seconds, 19);
  assert.equal(
    timeFigures([...times.slice(0, 18), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]).p95Seconds,
    null,
  );
  assert.equal(timeFigures([]).medianSeconds, null);
});

test("questions differ in which burning seconds they ask for", () => {
  const judged = [madeJudgement({}, { outcome: silentOutcome })];
  const count = (question: Parameters<typeof scoredRows>[1]["question"]) => {
    const { labels } = scoredRows(judged, { scores: ["flaming"], question });
    return [labels.reduce((sum, label) => sum + label, 0), labels.length];
  };
  // 29 seconds before ignition, 10 hidden ones, 61 of flames.
  assert.deepEqual(count("fire, from ignition"), [71, 100]);
  assert.deepEqual(count("fire, from first visible heat"), [61, 90]);
  assert.deepEqual(count("flaming"), [61, 90]);
  assert.deepEqual(count("slow heat"), [0, 29]);
});

async function reportOf(judged: readonly EpisodeJudgement[], isHoldOut = true) {
  const read = await unpackModel(await tinyPackage("r_peak"), "tiny");
  const packages = [{ path: "tiny.tar.gz", read }];
  return evaluationReport(judged, {
    what: "Made <b>up</b>",
    isHoldOut,
    softwareVersion: "0",
    packages,
    warnings: ["A warning."],
  });
}

test("a goal of slow fires is met by enough of them only, and tells what was seen before the fuel itself showed", async () => {
  const cotton = { scenario: "tf3-office", family: "smouldering-cotton", igniteAt: 30, firstVisibleAt: 50 };
  const told = (at: number, count: number) =>
    Array.from({ length: count }, (_, episode) =>
      madeJudgement({ ...cotton, episode }, { outcome: alarmAt(at) }),
    );
  const goalOf = async (judged: readonly EpisodeJudgement[]) =>
    (await reportOf(judged)).goals.find(({ goal }) => goal.includes("glowing cotton"))!;
  assert.equal((await goalOf(told(46, 1))).isMet, null);
  const early = await goalOf(told(46, 20));
  assert.equal(early.isMet, true);
  assert.match(early.found, /^20 of 20, 0 of them when heat of the fuel itself was in view/);
  assert.match((await goalOf(told(55, 20))).found, /^20 of 20, 20 of them/);
  const late = await goalOf([...told(46, 20), madeJudgement(cotton, { outcome: alarmAt(95) })]);
  assert.equal(late.isMet, false);
  assert.match(late.found, /^20 of 21, /);
});

test("the report counts, names what went wrong, and judges goals only where enough was judged", async () => {
  const report = await reportOf([
    ...Array.from({ length: 6 }, (_, k) => madeJudgement({ episode: k }, { outcome: alarmAt(46) })),
    madeJudgement({ episode: 6, scenario: "<script>" }, { outcome: silentOutcome }),
    madeJudgement({ ...nuisance, episode: 7 }, { outcome: alarmAt(60) }),
    madeJudgement({ ...nuisance, episode: 8 }, { outcome: silentOutcome }),
    madeJudgement({ ...nuisance, episode: 9, kind: "quiet", family: "quiet" }, { outcome: silentOutcome }),
  ]);
  assert.deepEqual(report.counts.fires, { flaming: 7, "slow heat": 0, hidden: 0, "too short": 0 });
  assert.equal(report.rows.flaming["model"]!.figures?.rocAuc.value, 1);
  assert.deepEqual(
    report.wrong.map(({ what, about }) => [what, about.episode]),
    [
      ["missed", 6],
      ["false alarm", 7],
    ],
  );
  const met = (start: string) => report.goals.find(({ goal }) => goal.startsWith(start))!.isMet;
  assert.equal(met("ROC AUC"), null, "seven fires prove nothing");
  assert.equal(met("no visible flaming fire"), false);
  assert.equal(met("at most 2 %"), false);
  assert.equal(met("at most 1 false alarm"), false);
  assert.equal(met("prealarm before half"), null);
  const installed = report.arms.find(({ arm }) => arm === installedArm)!;
  assert.equal(installed.nuisances.alarmed, 1);
  assert.equal(installed.alarmsPerCameraYear.perCameraYear, 125);
  // Seven fires, of each two seconds.
  assert.deepEqual(report.importance, [
    {
      head: "flaming fused",
      seconds: 14,
      features: [
        { feature: "r_peak", meanSize: 1.5 },
        { feature: "t_max", meanSize: 0.5 },
      ],
    },
  ]);
  // The page and the card load nothing, and let no name become markup.
  const page = evaluationPage(report);
  assert.doesNotMatch(page, /https?:|<script|<b>up|undefined|NaN/);
  assert.match(page, /&#60;script/);
  assert.match(
    page,
    /What the model goes by.*flaming fused: mean size of contributions, log-odds, over 14 seconds.*r_peak/s,
  );
  const card = modelCard(report);
  assert.match(card, /1 of 7/);
  assert.doesNotMatch(card, /undefined|NaN/);
});

test("a head that a package lacks has no figure anywhere, also where a log of older software holds zeros", async () => {
  const judged = [
    madeJudgement({ episode: 0 }, { outcome: alarmAt(46) }),
    madeJudgement({ ...nuisance, episode: 1 }, { outcome: silentOutcome }),
  ];
  const report = await reportOf(judged);
  const slow = report.rows["slow heat"];
  assert.deepEqual(slow["model"], { by: "no such head", figures: null });
  assert.equal(report.rows["fire, from ignition"]["model, air only"]!.figures, null);
  assert.equal(report.episodeAreas["model, air only"], null);
  assert.equal(report.rows["fire, from ignition"]["model"]!.by, "flaming; no slow-heat head");
  assert.ok(!Object.keys(report.curves.roc).includes("model, air only"));
  assert.deepEqual(
    report.curves.calibration.map(({ head }) => head),
    ["flaming fused", "flaming thermal-only"],
  );
  assert.deepEqual(report.rulesOnlyArms, ["air only: rules + model"]);
  const page = evaluationPage(report);
  assert.match(page, /model, air only<\/td><td>no such head/);
  assert.match(page, /air only: rules \+ model \(no head for these sensors: the rules alone\)/);
  // The same out of a log that says null.
  const scores = { ...judged[0]!.rows.scores, "slow heat": null, "air only": null };
  const nulls = judged.map((one) => ({ ...one, rows: { ...one.rows, scores } }));
  assert.deepEqual((await reportOf(nulls)).rows["slow heat"]["model"], slow["model"]);
});

test("members and a known site are asked about flames alone, about which they have a say", async () => {
  const { rows } = await reportOf([madeJudgement({ episode: 0 }, { outcome: alarmAt(46) })]);
  const asked = (question: keyof typeof rows) => Object.keys(rows[question]);
  const both = ["model", "model, thermal only"];
  assert.deepEqual(asked("flaming"), [
    "model",
    "model, site known",
    "model, thermal only",
    "rules alone",
    "member baseline",
  ]);
  assert.deepEqual(asked("slow heat"), [...both, "rules alone"]);
  assert.deepEqual(asked("fire, from ignition"), [...both, "model, air only", "rules alone"]);
});

test("what the model has seen, and what it learnt from, is said as it is", async () => {
  const judged = [madeJudgement({ episode: 0 }, { outcome: alarmAt(46) })];
  const clean = await reportOf(judged);
  assert.match(evaluationPage(clean), /none was used to learn or to choose anything/);
  const seen = await reportOf(judged, false);
  assert.doesNotMatch(evaluationPage(seen) + modelCard(seen), /none was used to learn/i);
  assert.match(evaluationPage(seen), /no hold-out/);
  const learntFrom = (lineage: Readonly<Record<string, string>>) => {
    const [judgedPackage] = clean.packages;
    return modelCard({
      ...clean,
      packages: [{ ...judgedPackage!, data: { ...judgedPackage!.data, lineage } }],
    });
  };
  assert.match(learntFrom({ origin: "simulation" }), /All training is simulated/);
  assert.match(learntFrom({ origin: "table", title: "hall.csv" }), /It has learnt from hall\.csv: nothing/);
});

test("the figure by year stands beside how many camera-years were judged, and how many would be needed", async () => {
  const report = await reportOf(
    [7, 8, 9].map((episode) => madeJudgement({ ...nuisance, episode }, { outcome: silentOutcome })),
  );
  const yearly = report.goals.find(({ goal }) => goal.startsWith("at most 1 false alarm"))!;
  assert.equal(yearly.isMet, null);
  // Three releases of steam of 250 a year; 250 × 3.0 of them would do.
  assert.match(yearly.found, /\(steam\) 0\.012 camera-years' worth; .* 749 episodes in all/);
  assert.match(evaluationPage(report), /<td>steam<\/td><td><\/td><td>3<\/td><td>0\.012<\/td>/);
  assert.match(modelCard(report), /0\.012 to 0\.012; 3\.0 in each/);
});

test("named test fires are judged by their own goals and stand in no other figure", async () => {
  const pan = { scenario: "tf5-pan-at-12-m", distanceMetres: 12.4 };
  const report = await reportOf([
    madeJudgement({ episode: 0 }, { outcome: alarmAt(46) }),
    madeJudgement({ ...nuisance, episode: 1 }, { outcome: silentOutcome }),
    ...Array.from({ length: 24 }, (_, k) =>
      madeJudgement({ ...pan, episode: 10 + k }, { outcome: k === 0 ? silentOutcome : alarmAt(48) }),
    ),
    madeJudgement({ ...pan, episode: 40, distanceMetres: 18 }, { outcome: silentOutcome }),
  ]);
  assert.equal(report.counts.fires.flaming, 1);
  assert.deepEqual(report.wrong, []);
  const goal = (text: string) => report.goals.find((one) => one.goal.includes(text))!;
  assert.equal(goal("at 12 m").isMet, true);
  assert.match(goal("at 12 m").found, /^8 s \(23 of 24 fires told of/);
  assert.equal(goal("at 25 m").isMet, null);
});
