/** Time from power-on or reboot until the control interface acknowledges, in milliseconds. Assumed. */
export const deafBootMs = 300;

/**
 * Time until the module has booted and video begins, in milliseconds (hosts wait 950 ms; the data sheets say 0.5 or
 * 1.2 s to the first picture, which here comes from the closed shutter).
 */
export const bootMs = 950;

/** What the module does with its electricity. */
export type SupplyState = "off" | "booting" | "running" | "standby" | "down";

/** What a change of the supply means to the rest of the module. */
export interface SupplyListener {
  /** The supply has gone, or the module has shut itself down: video ends. */
  onStop(reason: "off" | "standby" | "down"): void;
  /** Boots, beginning at this time: all settings are as after power-on. */
  onBoot(beganMicros: number): void;
}

/** Supply, boot, standby and power-down of the emulated module. */
export class LeptonSupply {
  readonly #nowMicros: () => number;
  readonly #listener: SupplyListener;
  #state: "off" | "on" | "standby" | "down" = "off";
  #beganMicros = 0;

  constructor(nowMicros: () => number, listener: SupplyListener) {
    this.#nowMicros = nowMicros;
    this.#listener = listener;
  }

  /** The state now. */
  get state(): SupplyState {
    if (this.#state !== "on") return this.#state;
    return this.uptimeMs < bootMs ? "booting" : "running";
  }

  /** Whether the control interface acknowledges. */
  get isDeaf(): boolean {
    return this.#state === "off" || (this.#state === "on" && this.uptimeMs < deafBootMs);
  }

  /** Whether there is a supply at all. */
  get isPowered(): boolean {
    return this.#state !== "off";
  }

  /** Milliseconds since boot began. */
  get uptimeMs(): number {
    return this.uptimeMsAt(this.#nowMicros());
  }

  /** Uptime at another moment. */
  uptimeMsAt(atMicros: number): number {
    return (atMicros - this.#beganMicros) / 1_000;
  }

  /** Boots as if boot had begun at this time. */
  boot(beganMicros: number): void {
    this.#state = "on";
    this.#beganMicros = beganMicros;
    this.#listener.onBoot(beganMicros);
  }

  /** The supply goes, or the module shuts itself down. */
  stop(reason: "off" | "standby" | "down"): void {
    this.#state = reason;
    this.#listener.onStop(reason);
  }
}
