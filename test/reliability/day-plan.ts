import type { Random } from "#core/random.ts";
import { drawFaultOf, type Fault, type FaultKind, type FaultPlan, type Fire, faultKinds } from "./fault.ts";

const dayMs = 86_400_000;
const fires = 3;
/** Of a machine whose clock is kept right: some seconds a day. */
const driftPpmUsual = 20;
/** A clock that was set wrong is set right after so long. */
const wrongClockMs = 1_200_000;
/** Nothing begins before, so that the room is known. */
const firstMs = 300_000;
const lastMs = dayMs - 600_000;
/** So long before and after whatever happens the camera sends its full rate. */
const busyBeforeMs = 60_000;
const busyAfterMs = 120_000;

/** Draws a day of one device: normal life, three fires, and every kind of fault once, at any moment of it. */
export function drawDayPlan(random: Random): FaultPlan {
  const driftPpm = [driftPpmUsual * random.normal()];
  const burning = Array.from({ length: fires }, (_, n) => drawFire(n, random));
  const faults = faultKinds.map((kind) => drawFault(kind, random));
  const busy = [...burning, ...faults].map(({ atMs, lastsMs }) => ({
    fromMs: atMs - busyBeforeMs,
    toMs: atMs + lastsMs + busyAfterMs,
  }));
  return {
    devices: 1,
    driftPpm,
    logEntriesMax: [12],
    fires: burning,
    faults: faults.sort((one, other) => one.atMs - other.atMs),
    healedMs: dayMs - 120_000,
    day: { lengthMs: dayMs, busy },
  };
}

/** One in each third of the day. */
function drawFire(n: number, random: Random): Fire {
  const thirdMs = (lastMs - firstMs) / fires;
  const atMs = firstMs + n * thirdMs + random.between(0, thirdMs - 200_000);
  return { device: 0, atMs, lastsMs: random.between(15_000, 120_000) };
}

function drawFault(kind: FaultKind, random: Random): Fault {
  const atMs = random.between(firstMs, lastMs);
  const fault = drawFaultOf(kind, { atMs, devices: 1, random, endMs: lastMs });
  return kind === "clock jump" ? { ...fault, lastsMs: Math.min(wrongClockMs, lastMs - atMs) } : fault;
}
