/**
 * The long proof of the sensors' drivers: 1,000,000 disturbed packets of the Lepton's video, and as many disturbed
 * replies of its control interface, of Sensirion's coding, and of an SCD41 in use, without a crash, a hang, a picture
 * with a wrong pixel or a reading with a wrong checksum. What is left alone does not count.
 * `node test/proof/sensors-proof.ts [COUNT] [SEED]`.
 */
import { fuzzCci } from "#support/cci-fuzz.ts";
import { fuzzScd41, fuzzSensirionWords } from "#support/scd41-fuzz.ts";
import { fuzzVospi } from "#support/vospi-fuzz.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 35);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error(
    "sensors-proof takes how many packets and replies to disturb, and a seed: two whole numbers.",
  );
  process.exit(2);
}

const video = fuzzVospi({ seed, mutations: count });
console.log(
  `${video.mutations} packets disturbed: ${video.frames} pictures accepted, every one whole; ` +
    `${video.counters.lostFrames} given up, ${video.counters.resyncs} times begun anew, ${video.redrawn} redrawn.`,
);
const control = await fuzzCci({ seed, disturbed: count });
console.log(
  `${control.disturbed} of ${control.replies} replies of the control interface disturbed: ${control.configured} ` +
    `cameras set up, failures ${JSON.stringify(control.failures)}.`,
);
const words = fuzzSensirionWords({ seed, damaged: count });
console.log(`${count} replies in words damaged: ${words.read} words read, ${words.refused} refused.`);
const air = await fuzzScd41({ seed, damaged: count });
console.log(
  `${air.damaged} replies of an SCD41 damaged: ${air.accepted} readings taken, every checksum right.`,
);
