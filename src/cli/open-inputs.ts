import { badInput } from "#core/failure.ts";
import type { AirCsvOptions } from "#recording/air-csv.ts";
import { openAirCsv, openRecording } from "#recording/open-recording.ts";
import type { RadiometricCalibration, Recording } from "#recording/recording.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import { choiceOption, numberOption } from "./parse-arguments.ts";

/** Options of every command that reads recordings. */
export const inputOptions: Readonly<Record<string, OptionSpec>> = {
  air: { value: "CSV", help: "CO2, temperature and humidity readings beside the pictures" },
  "co2-column": { value: "NAME", help: "which CO2 column of the CSV to read, where it has several" },
  "co2-unit": {
    value: "ppm|percent|fraction",
    help: "unit of the CO2 column, where the header does not say it",
  },
  "co2-offset": { value: "PPM", help: "added to each CO2 value, for analysers zeroed on room air" },
  gain: {
    value: "CENTIKELVIN",
    help: "with --offset: centikelvin per count, for cameras without temperatures",
  },
  offset: { value: "CENTIKELVIN", help: "with --gain: centikelvin at count 0" },
};

/** Opens every recording and CSV that the command line names; throws `Failure` naming the file that cannot be read. */
export async function openInputs(invocation: Invocation): Promise<readonly Recording[]> {
  const calibration = radiometricCalibration(invocation);
  const opened: Recording[] = [];
  for (const path of invocation.positionals) {
    const options = calibration === null ? {} : { calibration };
    opened.push(await openRecording(path, { ...options, ...airColumns(invocation) }));
  }
  const air = invocation.values["air"];
  if (air !== undefined) opened.push(await openAirCsv(air, airColumns(invocation)));
  if (opened.length === 0) {
    throw badInput(
      "usage",
      "Name a recording (or air readings with --air CSV, where the command takes them alone). See --help.",
    );
  }
  const pictures = opened.filter((recording) => recording.width !== null);
  if (pictures.length > 1) {
    const paths = pictures.map((recording) => recording.path).join(" and ");
    throw badInput("two-pictures", `${paths} both hold pictures: replay one camera at a time.`);
  }
  return opened;
}

function radiometricCalibration(invocation: Invocation): RadiometricCalibration | null {
  const limits = { min: -1e6, max: 1e6, kind: "any", default: null } as const;
  const gain = numberOption(invocation, "gain", limits);
  const offset = numberOption(invocation, "offset", limits);
  if (gain === null && offset === null) return null;
  if (gain === null || offset === null) {
    throw badInput("usage", "--gain and --offset belong together: give both.");
  }
  return { gainCentikelvinPerCount: gain, offsetCentikelvin: offset };
}

function airColumns(invocation: Invocation): AirCsvOptions {
  const unit = choiceOption(invocation, "co2-unit", ["ppm", "percent", "fraction"]);
  const column = invocation.values["co2-column"];
  const offset = numberOption(invocation, "co2-offset", { min: 0, max: 5_000, kind: "any", default: null });
  return {
    ...(unit === null ? {} : { co2Unit: unit }),
    ...(column === undefined ? {} : { co2Column: column }),
    ...(offset === null ? {} : { co2OffsetPpm: offset }),
  };
}
