import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { writeCredentials } from "#edge/credentials-file.ts";
import { evidenceManifestSchema } from "#recording/evidence-manifest.ts";
import { entriesOf } from "#support/evidence-stage.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const program = new URL("../../src/cli/main.ts", import.meta.url).pathname;

/** A program of the product's with what it has said; it ends with the test at the latest. */
class Program {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;

  constructor(context: TestContext, args: readonly string[]) {
    this.#child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    context.after(() => this.end());
  }

  /** Waits until it has said so many lines like this; gives what the last of them matched. */
  async said(form: RegExp, times = 1): Promise<RegExpExecArray> {
    return this.until(() => this.#matches(form)[times - 1]);
  }

  /** Waits for something while the program runs. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      assert.equal(this.#child.exitCode, null, this.lines.join("\n"));
      await sleep(50);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGTERM");
    await once(this.#child, "exit");
  }

  #matches(form: RegExp): RegExpExecArray[] {
    return this.lines.map((line) => form.exec(line)).filter((match) => match !== null);
  }
}

/** A device on emulated sensors that another process serves, in a room that burns. */
async function burningDevice(context: TestContext): Promise<{ device: Program; evidence: string }> {
  const folder = await temporaryFolder(context);
  const socket = join(folder, "devices.sock");
  const config = join(folder, "edge.yaml");
  await writeCredentials(join(folder, "credentials.json"), { username: "kitchen", password: "none" });
  const lines = [
    "version: 1",
    "device: { id: kitchen, name: Kitchen }",
    'hub: { url: "mqtt://127.0.0.1:1" }',
    "sensors: { emulated: devices.sock, co2Sensor: none }",
    "outputs: { fireRelay: emulated }",
    "recording: { evidenceAfterSeconds: 45 }",
    "dataFolder: data",
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const sensors = new Program(context, ["emulate", "--fire", "--socket", socket]);
  await sensors.said(/are served at/);
  const device = new Program(context, ["edge", "--config", config]);
  return { device, evidence: join(folder, "data", "evidence") };
}

interface Evidence {
  readonly name: string;
  readonly manifest: ReturnType<typeof evidenceManifestSchema.parse>;
  readonly sha256: string;
  readonly pictureMicros: readonly number[];
  readonly damage: number;
}

async function readEvidence(folder: string, name: string): Promise<Evidence> {
  const bytes = await readFile(join(folder, name));
  const entries = await entriesOf(join(folder, name));
  return {
    name,
    manifest: evidenceManifestSchema.parse(JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"))),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    pictureMicros: entries.flatMap(({ kind, atMicros }) => (kind === "thermal" ? [atMicros] : [])),
    damage: entries.filter(({ kind }) => kind === "damage").length,
  };
}

test("the evidence of an alarm goes on in another file when the process that records is killed, and all of it is whole", {
  timeout: 300_000,
}, async (t) => {
  const { device, evidence } = await burningDevice(t);
  const [, first = ""] = await device.said(/link process (\d+) started/);
  await device.said(/fire relay: low/);
  const files = async (): Promise<string[]> => (existsSync(evidence) ? readdir(evidence) : []);
  /** The file that is being written, once pictures of it are on disk. */
  const written = async (ending: string): Promise<string> => {
    for (;;) {
      const name = (await files()).find((one) => one.endsWith(`${ending}.mcap.partial`));
      if (name !== undefined && statSync(join(evidence, name)).size > 50_000) return name;
      await device.until(() => true);
      await sleep(100);
    }
  };
  await written("");
  process.kill(Number(first), "SIGKILL");
  await device.said(/link process (\d+) started/, 2);
  await written("-2");
  while (!(await files()).some((name) => name.endsWith("-2.mcap.json"))) {
    await device.until(() => true);
    await sleep(100);
  }
  await device.end();
  const names = (await files()).sort();
  assert.equal(names.filter((name) => name.endsWith(".partial")).length, 0, names.join(" "));
  const all = await Promise.all(
    names.filter((name) => name.endsWith(".mcap")).map((name) => readEvidence(evidence, name)),
  );
  const [next, torn] = all;
  assert.ok(next !== undefined && torn !== undefined && all.length === 2, names.join(" "));
  for (const { name, manifest, sha256 } of all) {
    assert.equal(manifest.sha256, sha256, name);
    assert.deepEqual(manifest.incidents, torn.manifest.incidents);
    assert.equal(manifest.incidents.length, 1);
  }
  assert.deepEqual([torn.manifest.ending, next.manifest.ending], ["torn", "closed"]);
  assert.deepEqual([next.manifest.frames, next.damage], [next.pictureMicros.length, 0]);
  // What the killed process had not synced, and what was under way to it.
  const gapSeconds = (next.pictureMicros[0]! - torn.pictureMicros.at(-1)!) / 1e6;
  assert.ok(gapSeconds > 0 && gapSeconds < 12, `${gapSeconds} s are in neither`);
  assert.ok(!device.lines.some((line, n) => n > 2 && line.includes("fire relay: high")), "the relay stays");
});
