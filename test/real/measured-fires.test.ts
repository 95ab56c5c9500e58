import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./measured-fires.ts", import.meta.url));

test("a number that is none is refused in one sentence, and not by a stack trace", () => {
  const run = spawnSync(process.execPath, [program, "--seconds", "abc"], { encoding: "utf8" });
  assert.equal(run.status, 2);
  assert.equal(run.stderr, 'measured-fires: --seconds needs a whole number from 1 to 86400, not "abc".\n');
});
