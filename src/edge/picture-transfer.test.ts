import assert from "node:assert/strict";
import { test } from "node:test";
import { deserialize, serialize } from "node:v8";
import { parseLeptonTelemetry } from "#core/frames/lepton-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { EvidenceStage } from "#support/evidence-stage.ts";
import { type RecordedPicture, recordSchema } from "#wire/recorder-messages.ts";
import { keyEvery, PictureCoder } from "./picture-coder.ts";
import { PictureReceiver, PictureSender } from "./picture-transfer.ts";

const stage = new EvidenceStage();

/** As the channel brings it. */
function carried(picture: RecordedPicture): RecordedPicture {
  const message = { kind: "record", openIncident: null, entries: [picture] };
  const [entry] = recordSchema.parse(deserialize(serialize(message))).entries;
  assert.ok(entry?.kind === "picture");
  return entry;
}

function bytesOf(picture: RecordedPicture): number {
  return serialize(picture).length;
}

test("pictures come out as they went in, and a key crosses once", () => {
  const coder = new PictureCoder();
  const [sender, receiver] = [new PictureSender(), new PictureReceiver()];
  const kept: { readonly sent: ThermalFrame; readonly got: ThermalFrame }[] = [];
  for (let n = 0; n < 2 * keyEvery + 3; n += 1) {
    const sent = stage.frame();
    const message = sender.message(coder.code(sent), n);
    assert.equal(message.key, n % keyEvery === 0 ? "own" : "held");
    kept.push({ sent, got: receiver.picture(carried(message)) });
  }
  // They are decoded later, and in any order.
  for (const { sent, got } of kept.toReversed()) {
    assert.deepEqual(got.pixels, sent.pixels);
    assert.deepEqual(
      [got.capturedAtMicros, got.frameCounter, got.unit, got.telemetry],
      [sent.capturedAtMicros, sent.frameCounter, sent.unit, sent.telemetry],
    );
  }
});

test("a received picture holds the camera's words without the message that brought them", () => {
  const words = Uint16Array.from({ length: 240 }, (_, n) => n);
  const sent: ThermalFrame = { ...stage.frame(), telemetry: parseLeptonTelemetry(words) };
  const message = carried(new PictureSender().message(new PictureCoder().code(sent), 0));
  const got = new PictureReceiver().picture(message);
  assert.deepEqual(got.telemetry, sent.telemetry);
  assert.equal(got.telemetry?.words?.buffer.byteLength, words.byteLength);
});

test("a receiver that comes later, or has missed a key, is given it with the first picture that needs it", () => {
  const coder = new PictureCoder();
  coder.code(stage.frame());
  const [sent, next] = [stage.frame(), stage.frame()];
  const [sender, receiver] = [new PictureSender(), new PictureReceiver()];
  const message = sender.message(coder.code(sent), 1);
  assert.ok(typeof message.key === "object");
  assert.deepEqual(receiver.picture(carried(message)).pixels, sent.pixels);
  const after = sender.message(coder.code(next), 0);
  assert.equal(after.key, "held");
  assert.ok(bytesOf(after) < bytesOf(message));
  assert.deepEqual(receiver.picture(carried(after)).pixels, next.pixels);
});
