import type { StillScene } from "./still-scene.ts";

/** What follows from a still scene, computed once for each: the scene is another one after the camera was moved. */
export class PerStill<Value> {
  readonly #make: (still: StillScene) => Value;
  #still: StillScene | null = null;
  #value: Value | null = null;

  constructor(make: (still: StillScene) => Value) {
    this.#make = make;
  }

  /** The value for this scene. */
  of(still: StillScene): Value {
    if (this.#still !== still || this.#value === null) {
      this.#value = this.#make(still);
      this.#still = still;
    }
    return this.#value;
  }
}
