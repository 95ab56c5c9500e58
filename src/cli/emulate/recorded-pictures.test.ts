import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { recordedPictures } from "./recorded-pictures.ts";

test("the pictures of a clip are shown to an emulated camera as they were recorded", async () => {
  const clip = resolve(import.meta.dirname, "../../../recordings/quiet-office.mcap");
  const pictures = await recordedPictures(clip);
  assert.equal(pictures?.length, 176);
  assert.ok(pictures.every((picture) => picture.length === 19_200));
  assert.equal(await recordedPictures(undefined), null);
});

test("raw counts are no scene: the clip is refused by name", needsRealRecordings(), async () => {
  const clip = realRecording("lepton-cptv-apache", "python-cptv_v1.cptv");
  await assert.rejects(recordedPictures(clip), { code: "not-a-scene", message: /python-cptv_v1\.cptv/ });
});
