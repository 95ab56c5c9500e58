import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { ConfigFiles, refuseKept } from "./config-files.ts";
import { ConfigTrial, trialJudgedSeconds } from "./config-trial.ts";
import { DiskRetry } from "./disk-retry.ts";
import { firstConfig } from "./first-config.ts";
import { parseEdgeConfig } from "./read-edge-config.ts";

const named = (name: string): string => `version: 1\ndevice: { id: kitchen, name: ${name} }\n`;

/** A folder in which a device ended while it tried a configuration, and another start there. */
class TriedFolder {
  readonly clock = new ManualClock();
  readonly problems: (string | null)[] = [];
  readonly path: string;
  readonly mark: string;
  readonly previous: string;
  readonly files: ConfigFiles;

  private constructor(folder: string) {
    this.path = join(folder, "edge.yaml");
    this.mark = join(folder, "edge.trial.json");
    this.previous = join(folder, "edge.previous.yaml");
    this.files = new ConfigFiles(
      this.path,
      new DiskRetry(this.clock, (problem) => this.problems.push(problem)),
    );
  }

  static async make(context: TestContext): Promise<TriedFolder> {
    const tried = new TriedFolder(await temporaryFolder(context));
    await writeFile(tried.path, named("before"));
    await tried.files.begin("command-1", named("after"));
    return tried;
  }

  /** The folder takes no rename any more, as on a disk that cannot be written: a folder is in its way. */
  async refuse(): Promise<void> {
    await rm(this.path);
    await mkdir(join(this.path, "in the way"), { recursive: true });
  }

  /** The disk works again, and what waits for it has had its turn. */
  async work(): Promise<void> {
    await rm(this.path, { recursive: true });
    await this.taken();
  }

  /** Resolves when nothing waits for the disk any more. */
  async taken(): Promise<void> {
    while (this.problems.at(-1) !== null) {
      this.clock.advanceMs(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Name in the file in place. */
  async inPlace(): Promise<string> {
    return parseEdgeConfig(await readFile(this.path, "utf8"), this.path).device.name;
  }

  /** What the next start begins with: the name in the configuration, and its news. */
  async start() {
    const { config, news } = await firstConfig(this.files);
    return { name: config.device.name, news };
  }
}

test("a configuration that was tried when the device ended is taken back", async (context) => {
  const tried = await TriedFolder.make(context);
  const { name, news } = await tried.start();
  assert.deepEqual([name, news?.kind, await tried.inPlace()], ["before", "taken-back", "before"]);
  assert.deepEqual(await tried.start(), { name: "before", news: null });
});

test("on a disk that refuses, the configuration before is at work from memory until the disk takes it", async (context) => {
  const tried = await TriedFolder.make(context);
  await tried.refuse();
  const { name, news } = await tried.start();
  assert.deepEqual([name, news?.kind], ["before", "taken-back"]);
  assert.match(tried.problems.join(), /edge\.previous\.yaml cannot be put back.*edge\.yaml.*again every 5 s/);
  // A restart in between finds the same again.
  assert.equal((await tried.start()).name, "before");
  const current = parseEdgeConfig(named("before"), "edge.yaml");
  const another = { commandId: "command-2", text: named("another") };
  const answer = await tried.files.ability(current, () => assert.fail("is tried")).apply(another);
  assert.match(answer === "later" ? answer : answer.text, /Nothing was changed: the disk/);
  await tried.work();
  assert.deepEqual(await tried.start(), { name: "before", news: null });
});

test("that a configuration works is told when the disk keeps it, however late", async (context) => {
  const tried = await TriedFolder.make(context);
  await rm(tried.mark);
  await mkdir(tried.mark);
  let kept = 0;
  const onKept = (): void => {
    kept += 1;
  };
  await tried.files.accept(onKept);
  assert.match(tried.problems.join(), /edge\.trial\.json cannot be removed/);
  assert.equal(kept, 0);
  await rm(tried.mark, { recursive: true });
  await tried.taken();
  assert.equal(kept, 1);
  assert.deepEqual(await tried.start(), { name: "after", news: null });
});

test("a mark that cannot be read is told once, and the file in place is used", async (context) => {
  for (const text of ["", "{", '{"v":2}']) {
    const tried = await TriedFolder.make(context);
    await writeFile(tried.mark, text);
    const { name, news } = await tried.start();
    assert.ok(news?.kind === "unclear" && news.text.includes("edge.trial.json"), text);
    assert.equal(name, "after");
    assert.equal((await tried.start()).news, null);
  }
});

test("a configuration before that is gone or damaged is told, and the file in place is used", async (context) => {
  for (const spoil of [rm, (path: string) => writeFile(path, "version: 1\ndevice: {")]) {
    const tried = await TriedFolder.make(context);
    await spoil(tried.previous);
    const { name, news } = await tried.start();
    assert.ok(news?.kind === "unclear" && news.text.includes("edge.previous.yaml"));
    assert.equal(name, "after");
    assert.deepEqual(await tried.start(), { name: "after", news: null });
  }
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
