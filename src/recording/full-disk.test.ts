import assert from "node:assert/strict";
import { existsSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { McapRecordingWriter } from "./mcap-writer.ts";

/** Files that this process has open of this name. */
function openFilesOf(path: string): number {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;
}

const noFullDevice = existsSync("/dev/full") ? false : "there is no /dev/full";

test("a full disk leaves no file open and none behind", { skip: noFullDevice }, async (t) => {
  const path = join(await temporaryFolder(t), "a.mcap");
  symlinkSync("/dev/full", `${path}.partial`);
  const refused = { side: "machine", code: "output-write-failed", message: /a\.mcap/ };
  await assert.rejects(McapRecordingWriter.create(path, { overwrite: "replace" }), refused);
  assert.equal(openFilesOf("/dev/full"), 0);
  assert.ok(!existsSync(`${path}.partial`));
});
