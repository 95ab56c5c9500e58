import { type ExtraChipOptions, ExtraChipSensor } from "../sensirion/extra-chip-sensor.ts";
import { sfa30Address } from "./sfa30-commands.ts";
import { Sfa30Device } from "./sfa30-device.ts";

/** The driver of a Sensirion SFA30: formaldehyde, humidity and temperature, each second. */
export class Sfa30Sensor extends ExtraChipSensor {
  constructor(options: ExtraChipOptions) {
    super(
      {
        name: "sfa30",
        title: "The formaldehyde sensor (SFA30)",
        address: sfa30Address,
        channels: [
          { name: "formaldehyde", unit: "ppb" },
          { name: "humidity", unit: "%" },
          { name: "temperature", unit: "°C" },
        ],
        periodSeconds: 1,
        silenceMs: 10_000,
        faultCode: "sfa30-fault",
        makeDevice: (tools) => new Sfa30Device(tools),
      },
      options,
    );
  }
}
