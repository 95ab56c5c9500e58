import type { AirSensor, AirSensorListener } from "../air-sensor.ts";
import type { Sgp41Sensor } from "./sgp41-sensor.ts";

/**
 * An air sensor whose humidity and temperature an SGP41 beside it is told with every reading (SGP41 data sheet, humidity
 * compensation), so that damp air does not look like gas. Without readings the SGP41 keeps the last ones: a room's
 * humidity changes slowly, and going back to 50 % would be a step.
 */
export class CompensatingAirSensor implements AirSensor {
  readonly periodSeconds: number;
  readonly #air: AirSensor;
  readonly #gas: Sgp41Sensor;

  constructor(air: AirSensor & { readonly periodSeconds: number }, gas: Sgp41Sensor) {
    this.periodSeconds = air.periodSeconds;
    this.#air = air;
    this.#gas = gas;
  }

  async start(listener: AirSensorListener): Promise<void> {
    await this.#air.start({
      onSample: (sample) => {
        this.#gas.setCompensation(sample);
        listener.onSample(sample);
      },
      onTrouble: (text) => listener.onTrouble(text),
      onFault: (fault) => listener.onFault?.(fault),
      onEnd: () => listener.onEnd(),
    });
  }

  async stop(): Promise<void> {
    await this.#air.stop();
  }
}
