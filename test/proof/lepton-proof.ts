/**
 * The long proof of the Lepton driver: so many disturbed packets and as many disturbed replies (default 1,000,000),
 * without a crash, a hang, or a picture with a wrong pixel. `node test/proof/lepton-proof.ts [COUNT] [SEED]`.
 */
import { fuzzCci } from "#support/cci-fuzz.ts";
import { fuzzVospi } from "#support/vospi-fuzz.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 35);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error("lepton-proof takes how many packets and replies to disturb, and a seed: two whole numbers.");
  process.exit(2);
}

const video = fuzzVospi({ seed, mutations: count });
console.log(
  `${video.mutations} packets disturbed: ${video.frames} pictures accepted, every one whole; ` +
    `${video.counters.lostFrames} given up, ${video.counters.resyncs} times begun anew, ${video.redrawn} redrawn.`,
);
const control = await fuzzCci({ seed, replies: count });
console.log(
  `${control.replies} replies of the control interface: ${control.configured} cameras set up, failures ` +
    `${JSON.stringify(control.failures)}.`,
);
