import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { configuredModel } from "./open-edge-model.ts";
import { parseEdgeConfig } from "./read-edge-config.ts";

test("a damaged shipped model is told and the rules decide alone; one that the configuration names is refused", async (context) => {
  const path = join(await temporaryFolder(context), "default.tar.gz");
  await writeFile(path, "damaged");
  const config = (model: string) =>
    parseEdgeConfig(`version: 1\ndevice: { id: kitchen }\nmodel: { ${model} }\n`, "edge.yaml");
  const log: string[] = [];
  const open = (model: string) =>
    configuredModel(config(model), (line) => log.push(line), { path, hash: "0".repeat(64) });
  assert.equal(await open("file: null"), "missing");
  assert.match(log.join(), /shipped model is not used: .*no gzipped tar/);
  await assert.rejects(open(`file: ${path}`), { code: "package-unreadable" });
  await assert.rejects(open(`publicKeyFile: ${path}.pem`), /does not exist/);
  await assert.rejects(open(`publicKeyFile: ${path}`), { code: "signer-key" });
});
