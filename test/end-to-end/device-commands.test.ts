import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { Hub } from "#hub/hub.ts";
import { packModel } from "#model-package/pack-model.ts";
import { signPackage } from "#model-package/package-signature.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { deviceListSchema } from "#wire/hub-api.ts";

const program = new URL("../../src/cli/main.ts", import.meta.url).pathname;

async function signedPackage(feature: "r_peak" | "t_max", key: KeyObject): Promise<Buffer> {
  const { files } = await unpackModel(await tinyPackage(feature), feature);
  return packModel(files, signPackage(files, key));
}

/** A hub in this process, and a device that is a program of its own with a link process, on a simulated room. */
class Site {
  readonly folder: string;
  readonly config: string;
  readonly lines: string[] = [];
  httpUrl = "";
  mqttUrl = "";
  #device: ChildProcess | null = null;

  constructor(folder: string) {
    this.folder = folder;
    this.config = join(folder, "edge.yaml");
  }

  static async build(context: TestContext, key: KeyObject): Promise<Site> {
    const site = new Site(await temporaryFolder(context));
    const hub = new Hub({
      clock: systemClock,
      dataFolder: join(site.folder, "hub"),
      host: "127.0.0.1",
      port: 0,
      mqttPort: 0,
      dashboardFolder: null,
      softwareVersion: "0.1.0",
      log: () => {},
    });
    const { httpUrl, mqttUrl, credentialsFor } = await hub.start();
    context.after(async () => {
      await site.stop();
      await hub.stop();
    });
    site.httpUrl = httpUrl;
    site.mqttUrl = mqttUrl;
    await writeCredentials(join(site.folder, "credentials.json"), credentialsFor("kitchen"));
    const pem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
    await writeFile(join(site.folder, "signer.pem"), pem);
    await writeFile(join(site.folder, "first.tar.gz"), await signedPackage("r_peak", key));
    await writeFile(site.config, site.text("sensors: { emulated: room, co2Sensor: none }"));
    return site;
  }

  text(sensors: string): string {
    return [
      "version: 1",
      "device: { id: kitchen, name: Kitchen }",
      `hub: { url: "${this.mqttUrl}" }`,
      sensors,
      "model: { file: first.tar.gz, publicKeyFile: signer.pem }",
      "outputs: { fireRelay: emulated }",
      "commands: { configTrialSeconds: 15 }",
      "",
    ].join("\n");
  }

  async start(): Promise<void> {
    const args = [program, "edge", "--config", this.config];
    const device = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#device = device;
    for (const stream of [device.stdout, device.stderr])
      createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    while (!(await this.#isOnline())) {
      assert.equal(device.exitCode, null, this.lines.join("\n"));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(): Promise<void> {
    const device = this.#device;
    this.#device = null;
    if (device === null || device.exitCode !== null) return;
    device.kill("SIGTERM");
    await once(device, "exit");
  }

  /** What the command line prints. */
  async tell(...args: string[]): Promise<string> {
    const run = await runCommand("device", "kitchen", ...args, "--hub", this.httpUrl, "--by", "Ada");
    return `${run.exitCode} ${run.results}${run.notes}`;
  }

  async troubles(): Promise<readonly string[]> {
    return (await this.#views())[0]?.state?.troubles.map(({ code }) => code) ?? [];
  }

  async #isOnline(): Promise<boolean> {
    return (await this.#views()).some(({ online, framesPerSecond }) => online && framesPerSecond > 0);
  }

  async #views() {
    const response = await fetch(`${this.httpUrl}/api/devices`);
    return deviceListSchema.parse(await response.json()).devices;
  }
}

test("a device takes a configuration and a model by its hub, and takes back what does not work", {
  timeout: 120_000,
}, async (context) => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const site = await Site.build(context, privateKey);
  await site.start();
  const first = await readFile(site.config, "utf8");
  const send = async (text: string): Promise<string> => {
    const path = join(site.folder, "sent.yaml");
    await writeFile(path, text);
    return site.tell("config", path);
  };
  assert.match(
    await send(first.replace("id: kitchen", "id: cellar")),
    /^2 .*device\.id can be changed beside/,
  );
  assert.match(await send(first.replace("version: 1", "version: 2")), /^2 .*version is 2 and may be 1/);
  // A camera that is not there judges nothing.
  const blind = site.text("sensors: { emulated: room, camera: purethermal, co2Sensor: none }");
  assert.match(await send(blind), /^2 .*taken back/);
  assert.equal(await readFile(site.config, "utf8"), first);
  assert.ok((await site.troubles()).includes("config-rolled-back"));
  const named = first.replace("name: Kitchen", "name: Galley");
  assert.match(await send(named), /^0 The new configuration works/);
  assert.equal(await readFile(site.config, "utf8"), named);
  assert.equal(await readFile(join(site.folder, "edge.previous.yaml"), "utf8"), first);

  const model = join(site.folder, "other.tar.gz");
  await writeFile(model, await tinyPackage("t_max"));
  assert.match(await site.tell("model", model), /^2 .*is not signed/);
  await writeFile(model, await signedPackage("t_max", privateKey));
  assert.match(await site.tell("model", model), /^0 Model tiny-t-max .* is at work/);
  assert.match(await site.tell("model-rollback"), /^0 Model tiny-r-peak is at work again/);
  assert.match(await site.tell("ffc"), /^0 The camera has corrected itself/);
  // A simulated room is recorded as a real one.
  const recorded = await site.tell("clip", "--seconds", "1");
  const clip = /^0 .*?(clip-\d\S*\.mcap)/.exec(recorded)?.[1];
  assert.ok(clip !== undefined, recorded);
  const replayed = await runCommand("replay", join(site.folder, "data", "clips", clip), "--no-model");
  assert.equal(replayed.exitCode, 0, replayed.notes);
  assert.equal(site.lines.filter((line) => line.includes("Emberwatch decides for")).length, 4);
});
