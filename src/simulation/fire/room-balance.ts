/** Sums of what is in a room and of what has crossed its borders, for checking that nothing is made or lost. */
export interface RoomBalance {
  readonly airKilograms: number;
  readonly co2Kilograms: number;
  readonly oxygenKilograms: number;
  /** Heat in gas and surfaces over the start, in kJ. */
  readonly heatKilojoules: number;
  /** Air, CO2 and oxygen that have left less those that came in, and heat that went out with air and through walls. */
  readonly leftAirKilograms: number;
  readonly leftCo2Kilograms: number;
  readonly leftOxygenKilograms: number;
  readonly leftHeatKilojoules: number;
  /** Oxygen that has been burnt. */
  readonly usedOxygenKilograms: number;
  /**
   * Oxygen that the fires' heat stands for and their layer no longer had: what burns outside of the room, or a heat
   * release that the room cannot feed.
   */
  readonly missingOxygenKilograms: number;
}
