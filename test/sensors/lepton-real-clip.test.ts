import assert from "node:assert/strict";
import { test } from "node:test";
import { LeptonBench, numberedPicture } from "#support/lepton-bench.ts";
import { readPurethermalClip } from "#support/purethermal-clip.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";

const clips = ["thermal_20260512_151542.raw.y16.gz", "thermal_20260512_143532.raw.y16.gz"];

for (const name of clips) {
  test(
    `the real clip ${name} comes through camera and driver bit for bit`,
    needsRealRecordings(),
    async () => {
      const clip = readPurethermalClip(realRecording("lepton35-y16-liflabuc", name));
      let shown = 0;
      let next: number | null = null;
      const scene = (): Uint16Array => {
        const real = next === null ? undefined : clip[next];
        if (next !== null) next += 1;
        shown += 1;
        return real?.pixels ?? numberedPicture(shown);
      };
      const bench = new LeptonBench({ emulated: { scene } });
      await bench.start();
      await bench.pass(4_000);
      const before = bench.frames.length;
      next = 0;
      await bench.pass((clip.length + 5) * 113.3);
      await bench.camera.stop();
      const delivered = bench.frames.slice(before);
      // One picture may have been under way when the clip began.
      const first = delivered.findIndex(({ pixels }) => isSame(pixels, clip[0]!.pixels));
      assert.ok(first >= 0 && first <= 1, `the clip's first picture is number ${first}`);
      clip.forEach(({ pixels }, i) => {
        const { unit, pixels: come } = delivered[first + i]!;
        assert.equal(unit, "centikelvin");
        assert.ok(isSame(come, pixels), `picture ${i}`);
      });
      assert.deepEqual(bench.troubles, []);
    },
  );
}

function isSame(one: Uint16Array, other: Uint16Array): boolean {
  return one.length === other.length && one.every((pixel, i) => pixel === other[i]);
}
