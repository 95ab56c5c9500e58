import type { TroubleCode } from "#core/alarm/trouble.ts";

/** One real recording and what its README says of it. */
export interface RealClip {
  readonly folder: string;
  readonly file: string;
  readonly kind: "thermal" | "air";
  /** What burnt: nothing, or a fire from this second of the recording on. */
  readonly label: "no fire" | { readonly fireFromSeconds: number };
  /** Pictures that its golden.json counts; null for air. */
  readonly frames: number | null;
  /** Troubles that its pictures must raise, and no others; null for air, whose gaps depend on the file. */
  readonly troubles: readonly TroubleCode[] | null;
  readonly airOptions: { readonly co2Column?: string; readonly co2OffsetPpm?: number };
}

const roomAirPpm = 420;

function thermal(clip: Pick<RealClip, "folder" | "file" | "frames" | "troubles">): RealClip {
  return { ...clip, kind: "thermal", label: "no fire", airOptions: {} };
}

function quietAir(folder: string, file: string): RealClip {
  return { folder, file, kind: "air", label: "no fire", frames: null, troubles: null, airOptions: {} };
}

function burnerTest(number: number, room: string, fireFromSeconds: number): RealClip {
  return {
    folder: "fire-fsri-hvac-co2",
    file: `Gas_Burner_Experiment_${number}.csv`,
    kind: "air",
    label: { fireFromSeconds },
    frames: null,
    troubles: null,
    // The analyser was zeroed on room air: its readings are the rise (the folder's README, unit traps).
    airOptions: { co2Column: room, co2OffsetPpm: roomAirPpm },
  };
}

/** The real recordings that a Lepton or an SCD4x, or an analyser in its place, can be replayed from. */
export const realClips: readonly RealClip[] = [
  thermal({
    folder: "lepton35-y16-liflabuc",
    file: "thermal_20260512_151542.raw.y16.gz",
    frames: 82,
    troubles: ["camera-bad-pixels"],
  }),
  thermal({
    folder: "lepton35-y16-liflabuc",
    file: "thermal_20260512_143532.raw.y16.gz",
    frames: 4,
    troubles: ["camera-bad-pixels"],
  }),
  thermal({
    folder: "lepton-cptv-apache",
    file: "python-cptv_v1.cptv",
    frames: 100,
    troubles: ["camera-not-radiometric"],
  }),
  thermal({
    folder: "lepton-cptv-apache",
    file: "go-cptv_v2.cptv",
    frames: 119,
    troubles: ["camera-not-radiometric"],
  }),
  thermal({
    folder: "lepton-cptv-apache",
    file: "python-cptv_v2.cptv",
    frames: 100,
    troubles: ["camera-not-radiometric"],
  }),
  thermal({
    folder: "lepton-cptv-apache",
    file: "python-cptv_v2-latlon_zeroed.cptv",
    frames: 102,
    troubles: ["camera-not-radiometric"],
  }),
  quietAir("co2-scd4x-airscout", "session_A_20250914_150134.csv"),
  quietAir("co2-scd4x-airscout", "session_B_20250914_153851.csv"),
  quietAir("co2-scd4x-airscout", "MH-Z19-validation-data.csv"),
  quietAir("co2-occupancy-uci", "datatest.txt"),
  quietAir("co2-occupancy-uci", "datatraining.txt"),
  // Room of the fire, and the burner's Ignition event from the start of the file (its Time column starts before 0).
  burnerTest(2, "Bedroom 1 Carbon Dioxide 1.22 m Above Floor", 114 + 169),
  burnerTest(8, "Bedroom 1 Carbon Dioxide 1.22 m Above Floor", 111 + 154),
  burnerTest(12, "Bedroom 1 Carbon Dioxide 1.22 m Above Floor", 97 + 456),
  burnerTest(15, "Living Room Carbon Dioxide 1.22 m Above Floor", 94 + 157),
  burnerTest(16, "Living Room Carbon Dioxide 1.22 m Above Floor", 85 + 170),
  burnerTest(20, "Bedroom 1 Carbon Dioxide 1.22 m Above Floor", 101 + 148),
  burnerTest(23, "Basement Carbon Dioxide 1.22 m Above Floor", 94 + 149),
  burnerTest(27, "Basement Carbon Dioxide 1.22 m Above Floor", 99 + 160),
];
