import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";

const folder = resolve(import.meta.dirname, "../../recordings");

async function summaryOf(clip: string): Promise<Record<string, unknown>> {
  const run = await runCommand("replay", resolve(folder, clip), "--json");
  assert.equal(run.exitCode, 0, run.notes);
  return JSON.parse(run.results.trimEnd().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

test("the clip of a fire in the repository alarms within 15 s of ignition", async () => {
  const summary = await summaryOf("workshop-fire.mcap");
  const alarmAt = Number(summary["firstAlarmAt"]);
  assert.ok(alarmAt > 20 && alarmAt <= 35, `alarm at ${alarmAt} s, lit at 20 s`);
  assert.equal(summary["lostItems"], 0);
});

test("the clip of a quiet office in the repository raises nothing", async () => {
  const summary = await summaryOf("quiet-office.mcap");
  assert.equal(summary["firstPrealarmAt"], null);
  assert.equal(summary["firstAlarmAt"], null);
});
