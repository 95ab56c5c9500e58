/** One reading of the air sensor. An absent or invalid value is NaN, never 0. */
export interface AirSample {
  /** When it was measured: whole microseconds since the Unix epoch. */
  readonly sampledAtMicros: number;
  readonly co2Ppm: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
}
