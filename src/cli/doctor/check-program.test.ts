import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, healthyProgram } from "#support/doctor-bench.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { checkProgram } from "./check-program.ts";
import { checkPureThermal } from "./check-purethermal.ts";
import { FindingList, type ProblemCode } from "./finding.ts";
import type { ProgramFacts, VideoFacts } from "./program-facts.ts";

const summer2026Micros = 1_782_907_200_000_000;

function programFindings(changes: Partial<ProgramFacts>, nowMicros = summer2026Micros): FindingList {
  const findings = new FindingList();
  checkProgram({ ...healthyProgram, ...changes }, new ManualClock(nowMicros), findings);
  return findings;
}

const path = "/var/lib/emberwatch";

const programFaults: readonly (readonly [string, Partial<ProgramFacts>, ProblemCode])[] = [
  ["Node.js is too old", { nodeVersion: "20.20.2" }, "node-old"],
  ["the page has not been built", { pageFolder: null }, "page-missing"],
  [
    "the data folder cannot be written to",
    { dataFolder: { path, state: { kind: "not-writable", reason: "the disk is read-only" } } },
    "data-not-writable",
  ],
  [
    "the disk is nearly full",
    { dataFolder: { path, state: { kind: "writable", freeBytes: 3e8 } } },
    "data-disk-full",
  ],
  ["the supply is low", { throttled: "50005" }, "computer-supply-low"],
  ["the supply was low", { throttled: "10000" }, "computer-supply-low"],
];

for (const [what, changes, code] of programFaults) {
  test(`when ${what}, exactly that is found`, () => {
    assert.deepEqual(codesOf(programFindings(changes)), [code]);
  });
}

test("a clock that begins at 1970, or is far ahead, is found", () => {
  assert.deepEqual(codesOf(programFindings({}, 60_000_000)), ["clock-wrong"]);
  assert.deepEqual(codesOf(programFindings({}, 4_200_000_000_000_000)), ["clock-wrong"]);
});

test("a healthy computer has no problem, and one that is no Raspberry Pi is not judged by its supply", () => {
  assert.deepEqual(codesOf(programFindings({})), []);
  const findings = programFindings({ throttled: null });
  assert.deepEqual(codesOf(findings), []);
  assert.equal(findings.all.at(-1)?.verdict, "skipped");
});

const camera = { path: "/dev/video0", name: "PureThermal (fw:v1.3.0): PureTh" };

function videoFindings(changes: Partial<VideoFacts>): FindingList {
  const findings = new FindingList();
  const facts: VideoFacts = {
    device: camera,
    access: "ok",
    others: [camera],
    ffmpegVersion: "ffmpeg version 7.1",
  };
  checkPureThermal({ ...facts, ...changes }, findings);
  return findings;
}

test("a PureThermal that can be opened, with ffmpeg, has no problem", () => {
  assert.deepEqual(codesOf(videoFindings({})), []);
});

const videoFaults: readonly (readonly [string, Partial<VideoFacts>, ProblemCode])[] = [
  ["the PureThermal is not plugged in", { access: "missing", others: [] }, "video-missing"],
  ["the user may not use it", { access: "permission-denied" }, "video-permission"],
  ["ffmpeg is not installed", { ffmpegVersion: null }, "ffmpeg-missing"],
];

for (const [what, changes, code] of videoFaults) {
  test(`when ${what}, exactly that is found`, () => {
    assert.deepEqual(codesOf(videoFindings(changes)), [code]);
  });
}

test("when another camera is named, it is said where the PureThermal is", () => {
  const webcam = { path: "/dev/video2", name: "USB 2.0 Camera" };
  const findings = videoFindings({ device: webcam, others: [camera, webcam] });
  assert.deepEqual(codesOf(findings), ["video-other-camera"]);
  assert.match(findings.problems[0]!.remedy, /A PureThermal is \/dev\/video0/);
});
