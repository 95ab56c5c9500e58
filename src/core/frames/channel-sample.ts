/** What one extra channel (particles, VOC, formaldehyde …) measures. */
export interface AirChannel {
  /** Name within its sensor, kebab-case: "pm2.5", "voc-raw". */
  readonly name: string;
  /** Unit as it is shown: "µg/m³", "1/cm³", "µm", "ppb", "ppm", "°C", "%", "ticks", "index". */
  readonly unit: string;
}

/** One reading of one extra channel. Feature schemas of today ignore it; later ones may use it. */
export interface ChannelSample {
  /** Which sensor, for example "sps30". */
  readonly sensor: string;
  /** `AirChannel.name`. */
  readonly channel: string;
  /** In `unit`; NaN when the sensor says that it does not know. */
  readonly value: number;
  readonly unit: string;
  /** When it was measured: whole microseconds since the Unix epoch. */
  readonly sampledAtMicros: number;
}
