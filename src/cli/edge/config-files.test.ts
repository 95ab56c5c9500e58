import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { ConfigFiles, refuseKept } from "./config-files.ts";
import { ConfigTrial, trialJudgedSeconds } from "./config-trial.ts";
import { parseEdgeConfig } from "./read-edge-config.ts";
import { takeBackInterrupted } from "./run-edge.ts";

async function tried(context: TestContext) {
  const folder = await temporaryFolder(context);
  const path = join(folder, "edge.yaml");
  await writeFile(path, "before");
  const files = new ConfigFiles(path);
  await files.begin("command-1", "after");
  return { files, path, mark: join(folder, "edge.trial.json"), previous: join(folder, "edge.previous.yaml") };
}

test("a configuration that was tried when the device ended is taken back", async (context) => {
  const { files, path } = await tried(context);
  assert.equal((await takeBackInterrupted(files, path))?.kind, "taken-back");
  assert.equal(await readFile(path, "utf8"), "before");
  assert.equal(await takeBackInterrupted(files, path), null);
});

test("a mark that cannot be read is told once, and the file in place is used", async (context) => {
  for (const text of ["", "{", '{"v":2}']) {
    const { files, path, mark } = await tried(context);
    await writeFile(mark, text);
    const news = await takeBackInterrupted(files, path);
    assert.ok(news?.kind === "unclear" && news.text.includes("edge.trial.json"), text);
    assert.equal(await readFile(path, "utf8"), "after");
    assert.equal(await takeBackInterrupted(files, path), null);
  }
});

test("a configuration before that is gone is told, and the file in place is used", async (context) => {
  const { files, path, previous } = await tried(context);
  await rm(previous);
  const news = await takeBackInterrupted(files, path);
  assert.ok(news?.kind === "unclear" && news.text.includes("edge.previous.yaml"));
  assert.equal(await readFile(path, "utf8"), "after");
});

test("from afar no sensor is rewired or taken away, and one may be added", () => {
  const config = (sensors: string) =>
    parseEdgeConfig(`version: 1\ndevice: { id: kitchen }\nsensors: { ${sensors} }\n`, "edge.yaml");
  const running = config("gain: high");
  const refused = [
    "cameraPower: gpiochip0:17",
    "sensorPower: gpiochip0:17",
    "i2c: /dev/i2c-9",
    "spi: /dev/spidev9.0",
    "video: /dev/video9",
    "camera: none",
    "co2Sensor: none",
  ];
  for (const sensors of refused)
    assert.throws(() => refuseKept(running, config(sensors)), { code: "config-kept" }, sensors);
  refuseKept(running, config("gain: low"));
  refuseKept(config("co2Sensor: none"), running);
});

test("a trial takes its judged seconds and every sensor that delivered before", () => {
  const trial = new ConfigTrial({ commandId: "command-1", delivering: new Set(["camera", "CO2 sensor"]) });
  const camera = new Set(["camera"] as const);
  for (let second = 1; second < trialJudgedSeconds; second += 1)
    assert.match(trial.judged(camera) ?? "", new RegExp(`judged ${second} of ${trialJudgedSeconds}`));
  assert.match(trial.judged(camera) ?? "", /had delivered before: CO2 sensor/);
  assert.equal(trial.judged(new Set(["CO2 sensor"] as const)), null);
});
