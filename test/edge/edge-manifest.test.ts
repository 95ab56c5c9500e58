import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { edgeManifest, type SourceManifest } from "../../scripts/edge-manifest.ts";

const source = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as SourceManifest;

test("a device installs koffi, in the version that was tried, and nothing else", () => {
  const { optionalDependencies } = source;
  const manifest = edgeManifest(source) as Record<string, unknown>;
  assert.deepEqual(manifest["dependencies"], { koffi: optionalDependencies["koffi"] });
  for (const key of ["devDependencies", "optionalDependencies", "scripts", "imports", "private"])
    assert.ok(!(key in manifest), key);
});

test("a manifest without koffi is no device's", () => {
  assert.throws(() => edgeManifest({ ...source, optionalDependencies: {} }), /koffi/);
});
