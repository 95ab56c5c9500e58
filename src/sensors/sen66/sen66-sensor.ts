import { type ExtraChipOptions, ExtraChipSensor } from "../sensirion/extra-chip-sensor.ts";
import { sen66Address } from "./sen66-commands.ts";
import { Sen66Device } from "./sen66-device.ts";

const massUnit = "µg/m³";

/** The driver of a Sensirion SEN66: particles, humidity, temperature, VOC and NOx index, and CO2, each second. */
export class Sen66Sensor extends ExtraChipSensor {
  constructor(options: ExtraChipOptions) {
    super(
      {
        name: "sen66",
        title: "The air sensor SEN66",
        address: sen66Address,
        channels: [
          { name: "pm1.0", unit: massUnit },
          { name: "pm2.5", unit: massUnit },
          { name: "pm4.0", unit: massUnit },
          { name: "pm10", unit: massUnit },
          { name: "humidity", unit: "%" },
          { name: "temperature", unit: "°C" },
          { name: "voc-index", unit: "index" },
          { name: "nox-index", unit: "index" },
          { name: "co2", unit: "ppm" },
        ],
        periodSeconds: 1,
        silenceMs: 10_000,
        faultCode: "sen66-fault",
        makeDevice: (tools) => new Sen66Device(tools),
      },
      options,
    );
  }
}
