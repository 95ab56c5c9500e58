import type { ClipOptions } from "#simulation/clip-renderer.ts";

/** A clip of one of the demo's two rooms. */
export interface DemoClip {
  readonly name: string;
  readonly kind: ClipOptions["kind"];
  readonly seconds: number;
  readonly igniteAtSeconds: number | null;
  readonly extinguishAtSeconds: number | null;
  readonly summary: string;
}

/** Clips of the demo's rooms, which the demo, the tests and `recordings/` use; scenarios of the library stand beside them. */
export const demoClips: readonly DemoClip[] = [
  {
    name: "quiet-office",
    kind: "occupied",
    seconds: 60,
    igniteAtSeconds: null,
    extinguishAtSeconds: null,
    summary: "two people come, sit and move; a hot drink, a radiator; nothing burns",
  },
  {
    name: "workshop-fire",
    kind: "workshop",
    seconds: 60,
    igniteAtSeconds: 20,
    extinguishAtSeconds: null,
    summary: "a waste basket is lit after 20 s",
  },
  {
    name: "workshop-fire-put-out",
    kind: "workshop",
    seconds: 90,
    igniteAtSeconds: 20,
    extinguishAtSeconds: 50,
    summary: "the same, and put out after 50 s: what it heated cools slowly",
  },
];
