import assert from "node:assert/strict";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { makeFolder } from "./make-folder.ts";

test("a folder is made with those above it, for its owner only, and one that is there stays", async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, "a", "b", "c");
  makeFolder(path);
  makeFolder(path);
  for (const made of [path, join(folder, "a")]) assert.equal((await stat(made)).mode & 0o777, 0o700);
});

test("a file in the way is told of", async (t) => {
  const path = join(await temporaryFolder(t), "file");
  await writeFile(path, "");
  assert.throws(() => makeFolder(path), { code: "EEXIST" });
  assert.throws(() => makeFolder(join(path, "below")), { code: /ENOTDIR|EEXIST/ });
});

test("a place that takes no folders is told of at once", { skip: process.platform !== "linux" }, () => {
  for (const path of ["/proc/foo", "/proc/foo/bar"])
    assert.throws(() => makeFolder(path), { code: "ENOENT" });
});
