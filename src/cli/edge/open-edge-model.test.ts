import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { installedModel, modelMissing } from "#edge/installed-model.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import type { ShippedModel } from "../open-model.ts";
import { edgeModels } from "./open-edge-model.ts";
import { parseEdgeConfig } from "./read-edge-config.ts";

/** The model of a device some seconds after its start. */
async function modelOf(folder: string, { text, shipped }: { text: string; shipped: ShippedModel }) {
  const words = `version: 1\ndevice: { id: kitchen }\ndataFolder: ${folder}\nmodel: { ${text} }\n`;
  const models = edgeModels(parseEdgeConfig(words, "edge.yaml"), () => {}, shipped);
  await new Promise((resolve) => {
    models.start({ onChange: resolve, onRolledBack: (told) => assert.fail(told) });
  });
  return models.model;
}

test("a model that cannot be used is told with its reason, and keeps no device from starting", async (context) => {
  const folder = await temporaryFolder(context);
  const damaged = join(folder, "damaged.tar.gz");
  const tiny = join(folder, "tiny.tar.gz");
  await writeFile(damaged, "damaged");
  await writeFile(tiny, await tinyPackage("r_peak"));
  const whyMissing = async (text: string, path: string | null) =>
    modelMissing(await modelOf(folder, { text, shipped: { path, hash: "0".repeat(64) } }))?.text ?? "";
  assert.match(await whyMissing("file: null", null), /comes with this software is not there/);
  assert.match(await whyMissing("file: null", damaged), /damaged\.tar\.gz is no gzipped tar/);
  assert.match(await whyMissing("file: null", tiny), /is not the model that comes with this version/);
  assert.match(await whyMissing(`file: ${damaged}`, tiny), /no gzipped tar/);
  assert.match(await whyMissing(`publicKeyFile: ${tiny}.pem`, tiny), /does not exist/);
  assert.match(await whyMissing(`publicKeyFile: ${damaged}`, tiny), /damaged\.tar\.gz/);
});

test("the shipped model and a configured one are at work some seconds after the start", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "tiny.tar.gz");
  const bytes = await tinyPackage("r_peak");
  await writeFile(path, bytes);
  const { hash } = await unpackModel(bytes, "tiny");
  const ours = await modelOf(folder, { text: "file: null", shipped: { path, hash } });
  assert.equal(installedModel(ours)?.identity.trust, "shipped");
  const named = await modelOf(folder, { text: `file: ${path}`, shipped: { path: null, hash: null } });
  assert.equal(installedModel(named)?.identity.trust, "unsigned");
});

test("edge check refuses a configured model that is damaged", async (context) => {
  const folder = await temporaryFolder(context);
  await writeFile(join(folder, "damaged.tar.gz"), "damaged");
  await writeFile(join(folder, "credentials.json"), '{"username":"kitchen","password":"secret"}', {
    mode: 0o600,
  });
  const path = join(folder, "edge.yaml");
  await writeFile(path, "version: 1\ndevice: { id: kitchen }\nmodel: { file: damaged.tar.gz }\n");
  const run = await runCommand("edge", "check", path);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /damaged\.tar\.gz is no gzipped tar/);
});
