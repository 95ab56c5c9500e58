/** How the camera is to be set at start. */
export interface LeptonSettings {
  /**
   * `high`: to 140 °C, the finer one. `low`: to 400 °C at 0.1 K. `auto`: the camera changes over by itself when a
   * quarter of the picture is hotter than 115 °C, which a small fire does not bring about.
   */
  readonly gainMode: "high" | "low" | "auto";
  /** Who starts the flat-field correction: the camera, every three minutes or 1.5 K; or the driver, when the camera asks. */
  readonly ffcMode: "auto" | "manual";
}

/** What is right for a room. */
export const defaultLeptonSettings: LeptonSettings = { gainMode: "high", ffcMode: "auto" };
