/**
 * How far what the camera sees in the middle of its picture may be from the air: walls follow the air within a few K, a
 * Lepton is good to ±5 K, an SCD41 to ±1.5 K, and a camera may look at a cold window or a warm machine.
 */
const sceneKelvin = 15;

/** The camera warms its own housing by 2 to 15 K; far beyond, or colder than the air, one of the two is wrong. */
const housingKelvin = { min: -8, max: 30 } as const;

/**
 * In a sentence with what to do, how camera and air sensor contradict each other about the room's temperature; null
 * when they do not. NaN stands for what is not known, and contradicts nothing.
 */
export function climateContradiction(room: {
  readonly sceneCelsius: number;
  readonly housingCelsius: number;
  readonly airCelsius: number;
}): string | null {
  const { sceneCelsius, housingCelsius, airCelsius } = room;
  const remedy =
    "check that both hang in the same room, away from heaters and windows; then replace the wrong one.";
  if (Math.abs(sceneCelsius - airCelsius) > sceneKelvin)
    return `The camera sees surfaces of ${sceneCelsius.toFixed(0)} °C while the air sensor reads ${airCelsius.toFixed(0)} °C: ${remedy}`;
  const housing = housingCelsius - airCelsius;
  if (housing < housingKelvin.min || housing > housingKelvin.max)
    return `The camera's housing has ${housingCelsius.toFixed(0)} °C while the air sensor reads ${airCelsius.toFixed(0)} °C: ${remedy}`;
  return null;
}
