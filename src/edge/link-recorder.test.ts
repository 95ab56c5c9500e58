import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { deserialize, serialize } from "node:v8";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { evidenceManifestSchema } from "#recording/evidence-manifest.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import { EvidenceStage, entriesOf, sampleConfig } from "#support/evidence-stage.ts";
import { refusingDisk } from "#support/refusing-disk.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { type FromLink, fromLinkSchema, type ToLink, toLinkSchema } from "#wire/link-channel.ts";
import type { FromRecorder } from "#wire/recorder-messages.ts";
import { LinkRecorder } from "./link-recorder.ts";
import { picturesWaitingMax } from "./recorder-queue.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy, type EvidencePolicy } from "./recording-policies.ts";
import { RemoteRecorder } from "./remote-recorder.ts";

const quick: EvidencePolicy = {
  ...defaultEvidencePolicy,
  beforeSeconds: 3,
  afterSeconds: 20,
  syncSeconds: 1,
};

interface Changes {
  readonly evidence?: Partial<EvidencePolicy>;
  readonly continuous?: boolean;
}

/** The clock of a process, which ends with it. */
class ProcessClock implements Clock {
  readonly #clock: Clock;
  readonly #cancels: Cancel[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowMicros(): number {
    return this.#clock.nowMicros();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  every(ms: number, run: () => void): Cancel {
    return this.#kept(this.#clock.every(ms, run));
  }

  after(ms: number, run: () => void): Cancel {
    return this.#kept(this.#clock.after(ms, run));
  }

  kill(): void {
    for (const cancel of this.#cancels) cancel();
  }

  #kept(cancel: Cancel): Cancel {
    this.#cancels.push(cancel);
    return cancel;
  }
}

/** A device and the process that records it, on simulated time, with what crosses between them as it crosses. */
class Stage {
  readonly stage = new EvidenceStage();
  readonly folder: string;
  readonly remote: RemoteRecorder;
  readonly problems: (readonly [concern: string, problem: string | null])[] = [];
  config: RecordingConfig;
  state: AlarmState = initialAlarmState();
  link: LinkRecorder | null = null;
  #clock: ProcessClock | null = null;
  /** What the link process has said that the alarm process has not taken yet. */
  readonly #said: FromLink[] = [];

  constructor(folder: string, { evidence, continuous }: Changes = {}) {
    this.folder = folder;
    assert.ok(sampleConfig.kind === "config");
    this.config = sampleConfig.config;
    this.remote = new RemoteRecorder({
      deviceId: "kitchen",
      dataFolder: folder,
      clock: this.stage.clock,
      policies: {
        evidence: { ...quick, ...evidence },
        continuous: continuous === true ? { ...defaultContinuousPolicy, syncSeconds: 1 } : null,
      },
    });
    this.remote.serve({
      config: () => this.config,
      state: () => this.state,
      onProblem: (concern, problem) => this.problems.push([concern, problem]),
    });
    this.remote.onWaiting = () => this.carry();
  }

  static async build(t: TestContext, changes: Changes = {}): Promise<Stage> {
    const stage = new Stage(await temporaryFolder(t), changes);
    t.after(() => stage.link?.stop());
    return stage;
  }

  /** A link process starts. */
  async start(): Promise<void> {
    const begin = this.#carried(this.remote.begin());
    assert.ok(begin.kind === "record-begin");
    this.#clock = new ProcessClock(this.stage.clock);
    this.link = new LinkRecorder({
      begin,
      clock: this.#clock,
      tell: (message: FromRecorder) => this.#said.push(fromLinkSchema.parse(deserialize(serialize(message)))),
    });
    await this.link.start();
    this.carry();
  }

  /** It is killed: what it has in memory is gone, and it closes nothing. */
  kill(): void {
    this.#clock?.kill();
    this.link = null;
    this.#said.length = 0;
    this.remote.ended();
  }

  /** What waits crosses, both ways. */
  carry(): void {
    if (this.link === null) return;
    for (let message = this.remote.next(); message !== null; message = this.remote.next()) {
      const carried = this.#carried(message);
      if (carried.kind === "record") this.link.take(carried);
      else if (carried.kind === "record-clip") void this.link.takeClip(carried);
    }
    for (const said of this.#said.splice(0)) {
      assert.ok(said.kind === "clip" || said.kind === "record-problem");
      this.remote.hear(said);
    }
  }

  /** Time passes with ten pictures and a tick a second. */
  async pass(seconds: number): Promise<void> {
    for (let n = 1; n <= Math.round(seconds * 10); n += 1) {
      this.remote.addFrame(this.stage.frame());
      const atMicros = this.stage.clock.nowMicros();
      if (n % 10 === 0) this.remote.addEntry({ kind: "tick", atMicros });
      this.stage.clock.advanceMs(100);
      await this.link?.settled();
      this.carry();
    }
  }

  alarm(incidentId = "incident-1"): void {
    const event = this.stage.level("alarm", incidentId);
    this.remote.addEntry({ kind: "event", atMicros: event.atMicros, event });
  }

  async manifest(name: string) {
    const text = await readFile(join(this.folder, "evidence", `${name}.json`), "utf8");
    return evidenceManifestSchema.parse(JSON.parse(text));
  }

  async pictures(name: string): Promise<number[]> {
    const entries = await entriesOf(join(this.folder, "evidence", name));
    return entries.flatMap((entry) => (entry.kind === "thermal" ? [entry.frame.frameCounter] : []));
  }

  #carried(message: ToLink): ToLink {
    return toLinkSchema.parse(deserialize(serialize(message)));
  }
}

const name = "evidence-incident-1.mcap";
const nextName = "evidence-incident-1-2.mcap";

test("an alarm is recorded by the other process, from before it on, with all that the device has told", async (t) => {
  const stage = await Stage.build(t);
  await stage.start();
  await stage.pass(6);
  stage.alarm();
  await stage.pass(2);
  stage.remote.addEntry({
    kind: "config",
    atMicros: stage.stage.clock.nowMicros(),
    config: { ...stage.config, softwareVersion: "0.2.0" },
  });
  await stage.pass(22);
  const entries = await entriesOf(join(stage.folder, "evidence", name));
  assert.deepEqual(
    entries.flatMap((entry) => (entry.kind === "config" ? [entry.config.softwareVersion] : [])),
    ["0.1.0", "0.2.0"],
  );
  assert.equal(entries.filter(({ kind }) => kind === "event").length, 1);
  const pictures = await stage.pictures(name);
  assert.deepEqual(
    pictures,
    pictures.map((_, n) => pictures[0]! + n),
  );
  assert.ok(pictures.length > 220, `${pictures.length} pictures of 23 s`);
  const said = await stage.manifest(name);
  assert.deepEqual([said.frames, said.droppedFrames, said.ending], [pictures.length, 0, "closed"]);
  const bytes = await readFile(join(stage.folder, "evidence", name));
  assert.equal(said.sha256, createHash("sha256").update(bytes).digest("hex"));
});

test("a recording whose process is killed goes on in another file when the next one is there, until its time is over", async (t) => {
  const stage = await Stage.build(t);
  await stage.start();
  await stage.pass(5);
  stage.alarm();
  await stage.pass(5);
  stage.kill();
  await stage.pass(2);
  await stage.start();
  await stage.pass(20);
  const torn = await stage.manifest(name);
  assert.deepEqual([torn.ending, torn.incidents], ["torn", ["incident-1"]]);
  const next = await stage.manifest(nextName);
  assert.deepEqual([next.ending, next.incidents, next.droppedFrames], ["closed", ["incident-1"], 0]);
  const [before, after] = [await stage.pictures(name), await stage.pictures(nextName)];
  assert.ok(
    after[0]! - before.at(-1)! < 30,
    "what was in memory of the one that was killed is lost, and no more",
  );
  assert.ok(
    after.length >= 140 && after.length <= 160,
    `${after.length} pictures of the 15 s that were left`,
  );
});

test("an alarm that comes while no process records begins a recording when there is one", async (t) => {
  const stage = await Stage.build(t);
  await stage.pass(4);
  stage.alarm();
  await stage.pass(3);
  await stage.start();
  await stage.pass(20);
  const pictures = await stage.pictures(name);
  assert.ok(pictures[0]! <= 40 && pictures.length > 200, "what waited before the alarm is in it");
  assert.equal((await stage.manifest(name)).droppedFrames, 0);
});

test("pictures that had to go while nobody recorded are counted in the manifest", async (t) => {
  const stage = await Stage.build(t, { evidence: { afterSeconds: 60 } });
  await stage.start();
  await stage.pass(2);
  stage.alarm();
  await stage.pass(2);
  stage.kill();
  await stage.pass(35);
  await stage.start();
  await stage.pass(30);
  const dropped = 350 - picturesWaitingMax;
  assert.equal((await stage.manifest(nextName)).droppedFrames, dropped);
});

test("a device that has started anew goes on recording the incident that stands, for what is left of its time", async (t) => {
  const stage = await Stage.build(t);
  const startedAtMicros = stage.stage.clock.nowMicros() - 15_000_000;
  const incident = {
    id: "incident-1",
    startedAtMicros,
    firstAlarmAtMicros: null,
    firstReasons: [],
    reasons: [],
    places: [],
    acknowledged: null,
    silenced: null,
    alarms: 0,
  };
  stage.state = { ...stage.state, level: "prealarm", incident };
  await stage.start();
  await stage.pass(8);
  const pictures = await stage.pictures(name);
  assert.ok(pictures.length >= 48 && pictures.length <= 60, `${pictures.length} pictures of 5 s`);
});

test("what stands wrong with the disk stands until the process that comes next has found it well", async (t) => {
  const stage = await Stage.build(t);
  await stage.start();
  const disk = await refusingDisk(t, stage.folder);
  await stage.pass(1);
  disk.is = "full";
  stage.alarm();
  await stage.pass(3);
  assert.deepEqual(
    stage.problems.map(([concern, problem]) => [concern, problem === null]),
    [["evidence", false]],
  );
  stage.kill();
  await stage.pass(1);
  await stage.start();
  await stage.pass(3);
  assert.equal(stage.problems.length, 1, "it is not told twice, and not taken back");
  disk.is = "well";
  await stage.pass(25);
  assert.deepEqual(stage.problems.slice(1), [["evidence", null]]);
});

test("the continuous recording tells at once that a disk works again of which the process before had told", async (t) => {
  const stage = await Stage.build(t, { continuous: true });
  await stage.start();
  const disk = await refusingDisk(t, stage.folder);
  await stage.pass(2);
  disk.is = "full";
  await stage.pass(5);
  stage.kill();
  disk.is = "well";
  await stage.start();
  await stage.pass(3);
  assert.deepEqual(
    stage.problems.map(([concern, problem]) => [concern, problem === null]),
    [
      ["continuous", false],
      ["continuous", true],
    ],
  );
});

test("evidence of an incident that stands is kept, and goes when it is reset", async (t) => {
  const stage = await Stage.build(t, { evidence: { filesMax: 1, afterSeconds: 1 } });
  const standing = { ...stage.state, incident: null };
  await stage.start();
  stage.state = { ...standing, incident: { id: "incident-1" } as NonNullable<AlarmState["incident"]> };
  stage.alarm("incident-1");
  await stage.pass(4);
  stage.alarm("incident-2");
  await stage.pass(4);
  const files = async (): Promise<readonly string[]> =>
    (await readdir(join(stage.folder, "evidence"))).filter((file) => file.endsWith(".mcap")).sort();
  assert.ok((await files()).includes(name));
  stage.state = standing;
  stage.alarm("incident-3");
  await stage.pass(4);
  assert.deepEqual(await files(), ["evidence-incident-3.mcap"]);
});

test("a clip is recorded and answered with its hash; one whose process dies is answered, too", async (t) => {
  const stage = await Stage.build(t);
  await stage.start();
  await stage.pass(5);
  const clip = stage.remote.takeClip(2);
  await stage.pass(5);
  const { ok, text } = await clip;
  assert.ok(ok && /clip-.*\.mcap: \d+ pictures, .* SHA-256 [0-9a-f]{64}/.test(text), text);
  const lost = stage.remote.takeClip(20);
  await stage.pass(2);
  stage.kill();
  assert.match((await lost).text, /process that records ended meanwhile/);
});

test("an entry that cannot be read stands in the recording as damage", async (t) => {
  const stage = await Stage.build(t, { evidence: { afterSeconds: 3 } });
  await stage.start();
  stage.alarm();
  stage.link!.take({
    kind: "record",
    openIncident: null,
    entries: [{ kind: "entry", entryKind: "score", atMicros: 1_750_000_000_000_000, json: Buffer.from("{") }],
  });
  await stage.pass(5);
  const damage = (await entriesOf(join(stage.folder, "evidence", name))).filter(
    ({ kind }) => kind === "damage",
  );
  assert.equal(damage.length, 1);
});
