import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import { DiskTrouble } from "./disk-trouble.ts";
import { modelMissing } from "./installed-model.ts";
import { LinkTrouble } from "./link-trouble.ts";

/** A fault that came or went. */
export interface ToldTrouble {
  readonly code: TroubleCode;
  readonly active: boolean;
  readonly text: string;
}

/** The faults of a device that no sensor shows: of its disk, its link, its model, and what it has taken back. */
export class DeviceTroubles {
  readonly disk: DiskTrouble;
  readonly link: LinkTrouble;
  readonly #options: Pick<DeviceAgentOptions, "model">;
  readonly #report: (trouble: ToldTrouble) => void;

  /** `report` is given each change, and may let it go while the device does not run: `tellOfStart` tells all again. */
  constructor(
    options: Pick<DeviceAgentOptions, "deviceId" | "brokerUrl" | "clock" | "log" | "model">,
    report: (trouble: ToldTrouble) => void,
  ) {
    const { deviceId, brokerUrl, clock, log } = options;
    this.#options = options;
    this.#report = report;
    this.disk = new DiskTrouble((text) =>
      report({
        code: "state-not-saved",
        active: text !== null,
        text: text ?? "The device can rely on its disk again.",
      }),
    );
    this.link = new LinkTrouble({
      clock,
      onTrouble: report,
      onAway: (cause) =>
        log(`${deviceId}: the hub at ${brokerUrl} is away (${cause}); trying again until it is back`),
    });
  }

  /** Faults of the run before would otherwise stand for ever. */
  tellOfStart(): void {
    this.disk.tell();
    this.modelChanged();
    this.#report({ code: "recording-damaged", active: false, text: "A replay begins anew." });
  }

  /** The device's model has come, is missing, or is another. */
  modelChanged(): void {
    const missing = modelMissing(this.#options.model);
    if (missing === null) return;
    this.#report(missing);
    // Of a model that is not there nothing more will be known.
    const text = "There is no model any more: the rules decide.";
    if (missing.active) this.#report({ code: "model-failed", active: false, text });
  }

  /** Whoever resets has read what was lost, and what was taken back. */
  forgetTold(): void {
    this.disk.forgetLosses();
    for (const code of ["config-rolled-back", "model-rolled-back"] as const)
      this.#report({ code, active: false, text: "Somebody has read it." });
  }
}
