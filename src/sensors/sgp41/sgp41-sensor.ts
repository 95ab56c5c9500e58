import {
  type ExtraChipKind,
  type ExtraChipOptions,
  ExtraChipSensor,
} from "../sensirion/extra-chip-sensor.ts";
import { sgp41Address } from "./sgp41-commands.ts";
import { Sgp41Device } from "./sgp41-device.ts";

const kind: Omit<ExtraChipKind, "makeDevice"> = {
  name: "sgp41",
  title: "The gas sensor (SGP41)",
  address: sgp41Address,
  channels: [
    { name: "voc-raw", unit: "ticks" },
    { name: "nox-raw", unit: "ticks" },
  ],
  periodSeconds: 1,
  silenceMs: 5_000,
  faultCode: "sgp41-fault",
};

/**
 * The driver of a Sensirion SGP41: raw signals of volatile organic compounds and nitrogen oxides, whose logarithm
 * follows the gas. They are no index: that takes the maker's algorithm, and rules may use the change of the raw ones.
 */
export class Sgp41Sensor extends ExtraChipSensor {
  readonly #device: Sgp41Device;

  constructor(options: ExtraChipOptions) {
    let device: Sgp41Device | null = null;
    super(
      {
        ...kind,
        makeDevice: (tools) => {
          device = new Sgp41Device(tools);
          return device;
        },
      },
      options,
    );
    this.#device = device!;
  }

  /** Hands on what another sensor reads of the air, so that humidity does not look like gas. */
  setCompensation(air: { readonly temperatureCelsius: number; readonly humidityPercent: number }): void {
    this.#device.setCompensation(air);
  }
}
