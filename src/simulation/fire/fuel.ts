/** What burning a kilogram of a fuel gives off, in kg. */
export interface Yields {
  readonly co2: number;
  readonly co: number;
  readonly soot: number;
  readonly water: number;
}

/** A fuel with what a camera and an air sensor notice of it. */
export interface Fuel {
  readonly name: string;
  readonly flaming: Yields;
  readonly heatOfCombustionKilojoulesPerKilogram: number;
  /** Share of the heat that leaves as radiation. */
  readonly radiativeFraction: number;
  /** Absorption of its flame between 8 and 14 µm per metre of path. */
  readonly flameAbsorptionPerMetre: number;
  /** Gas temperature in the flame's continuous part and at its tip. */
  readonly flameCelsius: number;
  readonly tipCelsius: number;
  /** Heat from each square metre that burns. */
  readonly kilowattsPerSquareMetre: number;
  /** How hot the burning surface looks under the flame: glowing char, or a liquid at its boiling point. */
  readonly bedCelsius: number;
  /** Where the numbers come from, with the confidence tags of the facts sheet. */
  readonly source: string;
}

/** A fuel that smoulders: what it gives off without flame. */
export interface SmoulderingFuel {
  readonly yields: Yields;
  readonly heatOfCombustionKilojoulesPerKilogram: number;
  readonly source: string;
}

const yieldSource = "Yields and heat of combustion: facts §4.3, table A [M]";
const sootySource = "absorption of sooty flames 0.5 to 5 per metre: facts §2.6 [M]";

/**
 * Fuels. Water is that of complete burning from the share of hydrogen, 8.94 kg per kg of hydrogen [D]. Where no heat
 * of combustion is tabulated, the one of a like fuel stands and is called assumed. Gas temperatures are time means of
 * turbulent flames, about 900 °C in the continuous part and 320 to 520 °C where the flame is there half of the time
 * (McCaffrey's plume, facts §4.5; [M]).
 */
export const fuels = {
  wood: {
    name: "wood",
    flaming: { co2: 1.27, co: 0.004, soot: 0.015, water: 0.54 },
    heatOfCombustionKilojoulesPerKilogram: 12_400,
    radiativeFraction: 0.35,
    flameAbsorptionPerMetre: 1.8,
    flameCelsius: 900,
    tipCelsius: 480,
    kilowattsPerSquareMetre: 350,
    bedCelsius: 600,
    source: `${yieldSource} (red oak); ${sootySource}.`,
  },
  paper: {
    name: "paper",
    flaming: { co2: 1.3, co: 0.005, soot: 0.012, water: 0.54 },
    heatOfCombustionKilojoulesPerKilogram: 13_500,
    radiativeFraction: 0.35,
    flameAbsorptionPerMetre: 2.2,
    flameCelsius: 900,
    tipCelsius: 520,
    kilowattsPerSquareMetre: 400,
    bedCelsius: 600,
    source: `Cellulose with some plastic, assumed between wood and cellulose of facts §4.3 [M]; ${sootySource}.`,
  },
  foam: {
    name: "polyurethane foam",
    flaming: { co2: 1.57, co: 0.042, soot: 0.198, water: 0.6 },
    heatOfCombustionKilojoulesPerKilogram: 16_400,
    radiativeFraction: 0.54,
    flameAbsorptionPerMetre: 4.5,
    flameCelsius: 880,
    tipCelsius: 520,
    kilowattsPerSquareMetre: 600,
    bedCelsius: 420,
    source: `Foam GM27 of facts §4.3 [M; CO, soot, heat and χr confirmed 1]; ${sootySource}.`,
  },
  heptane: {
    name: "n-heptane",
    flaming: { co2: 2.85, co: 0.01, soot: 0.037, water: 1.43 },
    heatOfCombustionKilojoulesPerKilogram: 41_200,
    radiativeFraction: 0.4,
    flameAbsorptionPerMetre: 2.6,
    flameCelsius: 950,
    tipCelsius: 560,
    kilowattsPerSquareMetre: 1390,
    bedCelsius: 98,
    source: `${yieldSource}; χr between 0.33 and the measured 0.44; burning rate of a 0.37 m pool after Babrauskas, 0.101·(1 − exp(−1.1·D)) kg/(m²·s) [M].`,
  },
  ethanol: {
    name: "methylated spirits",
    flaming: { co2: 1.77, co: 0.001, soot: 0.001, water: 1.17 },
    heatOfCombustionKilojoulesPerKilogram: 25_600,
    radiativeFraction: 0.2,
    flameAbsorptionPerMetre: 0.2,
    flameCelsius: 900,
    tipCelsius: 420,
    kilowattsPerSquareMetre: 384,
    bedCelsius: 78,
    source: `${yieldSource}, soot set to almost none as facts §5.1 rates TF6; absorption of alcohol under 0.3 per metre: facts §2.6 [M]; 0.015 kg/(m²·s) after Babrauskas [M].`,
  },
  decalin: {
    name: "decalin",
    flaming: { co2: 2.7, co: 0.035, soot: 0.1, water: 1.17 },
    heatOfCombustionKilojoulesPerKilogram: 38_000,
    radiativeFraction: 0.45,
    flameAbsorptionPerMetre: 4.5,
    flameCelsius: 820,
    tipCelsius: 480,
    kilowattsPerSquareMetre: 950,
    bedCelsius: 190,
    source: `C10H18; yields assumed like other very sooty hydrocarbons [M]; ${sootySource}.`,
  },
  cookingOil: {
    name: "cooking oil",
    flaming: { co2: 2.7, co: 0.01, soot: 0.02, water: 1.06 },
    heatOfCombustionKilojoulesPerKilogram: 37_000,
    radiativeFraction: 0.35,
    flameAbsorptionPerMetre: 2.2,
    flameCelsius: 900,
    tipCelsius: 520,
    kilowattsPerSquareMetre: 450,
    bedCelsius: 390,
    source: `Triolein, facts §4.3 [M/D]; 300 to 600 kW/m² and auto-ignition at 406 to 435 °C: facts §4.2 [1].`,
  },
  cable: {
    name: "cables and plastics of a cabinet",
    flaming: { co2: 1.4, co: 0.06, soot: 0.12, water: 0.5 },
    heatOfCombustionKilojoulesPerKilogram: 20_000,
    radiativeFraction: 0.4,
    flameAbsorptionPerMetre: 4,
    flameCelsius: 850,
    tipCelsius: 500,
    kilowattsPerSquareMetre: 300,
    bedCelsius: 450,
    source: `Mixed plastics, assumed within the range of facts §4.3 (generic design fire 20 MJ/kg) [M]; ${sootySource}.`,
  },
  lithiumIonCell: {
    name: "vent gas and electrolyte of lithium-ion cells",
    flaming: { co2: 1.5, co: 0.08, soot: 0.06, water: 0.7 },
    heatOfCombustionKilojoulesPerKilogram: 17_000,
    radiativeFraction: 0.3,
    flameAbsorptionPerMetre: 2.5,
    flameCelsius: 1050,
    tipCelsius: 650,
    kilowattsPerSquareMetre: 900,
    bedCelsius: 480,
    source: `Carbonates, CO, H2 and hydrocarbons, assumed [M]: facts §4.2 gives what is vented, not how much; ${sootySource}.`,
  },
} as const satisfies Record<string, Fuel>;

/** What smoulders: CO 0.05 to 0.3 kg/kg and CO to CO2 by volume 0.1 to 0.5 (facts §4.3, §4.7 [M]). */
export const smoulderingFuels = {
  wood: {
    yields: { co2: 0.95, co: 0.11, soot: 0.04, water: 0.45 },
    heatOfCombustionKilojoulesPerKilogram: 9000,
    source: "Assumed within facts §4.3: CO to CO2 by volume 0.18 [M].",
  },
  cotton: {
    yields: { co2: 0.9, co: 0.22, soot: 0.03, water: 0.45 },
    heatOfCombustionKilojoulesPerKilogram: 9000,
    source: "TF3 gives heavy CO (facts §5.1): CO to CO2 by volume 0.38 [M].",
  },
  foam: {
    yields: { co2: 0.8, co: 0.1, soot: 0.08, water: 0.4 },
    heatOfCombustionKilojoulesPerKilogram: 9000,
    source: "Assumed within facts §4.3: CO to CO2 by volume 0.2 [M].",
  },
  insulation: {
    yields: { co2: 0.7, co: 0.08, soot: 0.06, water: 0.3 },
    heatOfCombustionKilojoulesPerKilogram: 9000,
    source: "Grease, paint and cable insulation that char, assumed within facts §4.3 [M].",
  },
  ventGas: {
    yields: { co2: 0.6, co: 0.2, soot: 0.15, water: 0.2 },
    heatOfCombustionKilojoulesPerKilogram: 3000,
    source: "Electrolyte vapour that does not burn: CO2 and CO of the vent gas (facts §4.2) [M].",
  },
} as const satisfies Record<string, SmoulderingFuel>;
