import type { Cancel, Clock } from "#core/time.ts";
import type { ActRequest } from "#wire/hub-api.ts";
import type { SimulatedDevice } from "./simulated-device.ts";
import type { SimulatedHub } from "./simulated-hub.ts";
import type { PlannedAct } from "./site-plan.ts";
import { actorName } from "./site-watch.ts";

/** Looks at the page so often. */
const lookEveryMs = 7_000;

/**
 * Somebody at the page who resets whatever stands as an alarm where nothing burns any more, and does what the plan says
 * besides. Each act has a name of its own.
 */
export class Person {
  readonly #hub: SimulatedHub;
  readonly #devices: readonly SimulatedDevice[];
  readonly #clock: Clock;
  readonly #acts: readonly PlannedAct[];
  #cancel: Cancel = () => {};
  #count = 0;

  constructor(parts: {
    readonly hub: SimulatedHub;
    readonly devices: readonly SimulatedDevice[];
    readonly clock: Clock;
    readonly acts: readonly PlannedAct[];
  }) {
    this.#hub = parts.hub;
    this.#devices = parts.devices;
    this.#clock = parts.clock;
    this.#acts = parts.acts;
  }

  /** Begins to look. */
  start(): void {
    this.#cancel = this.#clock.every(lookEveryMs, () => this.#look());
    for (const act of this.#acts) this.#clock.after(act.atMs, () => this.#do(act));
  }

  /** Goes home. */
  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const isOut = this.#devices.every(({ room }) => room.burningSeconds === null);
    if (isOut && (this.#hub.zoneState?.incident ?? null) !== null)
      this.#hub.actOnZone(this.#named({ act: "reset", minutes: null }));
    for (const { id, room } of this.#devices) {
      const view = this.#hub.view(id);
      const stands = view?.state?.level === "alarm" || (view?.zone?.state.incident ?? null) !== null;
      if (stands && room.burningSeconds === null)
        void this.#hub.ask(id, { command: "act", ...this.#named({ act: "reset", minutes: null }) });
    }
  }

  #do({ device, act, minutes }: PlannedAct): void {
    if (act === "call-point") {
      this.#count += 1;
      const callPoint = `${actorName} ${this.#count}`;
      if (device === null) this.#hub.pressCallPoint(callPoint);
      else void this.#hub.ask(this.#devices[device]!.id, { command: "call-point", callPoint });
      return;
    }
    const named = this.#named({ act, minutes });
    if (device === null) {
      this.#hub.actOnZone(named);
      return;
    }
    const { id } = this.#devices[device]!;
    void this.#hub.ask(id, { command: "act", ...named })?.then((outcome) => {
      const isDone = outcome.kind === "answered" && outcome.reply.ok;
      if (isDone && act === "acknowledge") this.#hub.acknowledgedOn(id, named);
    });
  }

  #named({ act, minutes }: Pick<ActRequest, "act" | "minutes">): Omit<ActRequest, "region"> {
    this.#count += 1;
    return { act, by: `${actorName} ${this.#count}`, reason: "seen", minutes };
  }
}
