import { type ExtraChipOptions, ExtraChipSensor } from "../sensirion/extra-chip-sensor.ts";
import { sps30Address } from "./sps30-commands.ts";
import { Sps30Device } from "./sps30-device.ts";

const massUnit = "µg/m³";
const numberUnit = "1/cm³";

/** The driver of a Sensirion SPS30: particles by mass and number, and their typical size, each second. */
export class Sps30Sensor extends ExtraChipSensor {
  constructor(options: ExtraChipOptions) {
    super(
      {
        name: "sps30",
        title: "The particle sensor (SPS30)",
        address: sps30Address,
        channels: [
          { name: "pm1.0", unit: massUnit },
          { name: "pm2.5", unit: massUnit },
          { name: "pm4.0", unit: massUnit },
          { name: "pm10", unit: massUnit },
          { name: "number0.5", unit: numberUnit },
          { name: "number1.0", unit: numberUnit },
          { name: "number2.5", unit: numberUnit },
          { name: "number4.0", unit: numberUnit },
          { name: "number10", unit: numberUnit },
          { name: "typical-size", unit: "µm" },
        ],
        periodSeconds: 1,
        silenceMs: 20_000,
        faultCode: "sps30-fault",
        makeDevice: (tools) => new Sps30Device(tools),
      },
      options,
    );
  }
}
