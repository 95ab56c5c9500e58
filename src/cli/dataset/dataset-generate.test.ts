import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

test("an interruption before the folder is there ends with exit code 1, one sentence and no folder", async (t) => {
  const out = join(await temporaryFolder(t), "set");
  const running = runCommand("dataset", "generate", "--samples", "100", "--workers", "1", "--out", out);
  process.emit("SIGINT", "SIGINT");
  const run = await running;
  assert.equal(run.exitCode, 1);
  assert.equal(run.notes, "Interrupted before anything was rendered: nothing was written.\n");
  await assert.rejects(access(out));
  assert.equal(process.listenerCount("SIGINT"), 0);
});
