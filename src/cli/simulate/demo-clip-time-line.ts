import { type ClipOptions, renderClip } from "#simulation/clip-renderer.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import { softwareVersion } from "../software-version.ts";
import type { SimulatedTimeLine } from "./simulated-time-line.ts";

/** A clip of one of the demo's rooms, ready to be recorded. */
export function demoClipTimeLine(name: string, clip: ClipOptions): Omit<SimulatedTimeLine, "onSecond"> {
  const { kind, seed, seconds, igniteAtSeconds, extinguishAtSeconds, startMicros } = clip;
  return {
    startMicros,
    origin: {
      kind: "simulated",
      scenario: name,
      seed,
      physicsVersion,
      softwareVersion: softwareVersion(),
      room: kind,
      details: { seconds, igniteAtSeconds, extinguishAtSeconds },
    },
    entries: () => renderClip(clip),
  };
}
