import { Failure, machineFault } from "#core/failure.ts";
import type { Cci } from "./cci.ts";
import { type CciCommand, cciCommands } from "./cci-commands.ts";
import { describeModule, type LeptonModule } from "./lepton-module.ts";
import type { LeptonSettings } from "./lepton-settings.ts";

/** How long a Lepton may take to boot; data sheets say 0.5 to 1.2 s to the first picture, after a supply has settled. */
export const bootMaxMs = 3_000;

/** What became of the settings. */
export interface ConfigurationResult {
  readonly module: LeptonModule & { readonly radiometric: boolean };
  /** Names of the settings that were otherwise before; empty when all was as it should be. */
  readonly changed: readonly string[];
  /** True when the measuring range was changed: the camera needs a flat-field correction. */
  readonly needsCorrection: boolean;
}

/** Values of the settings as the camera codes them (Lepton Software Interface Description). */
const gainModes: Readonly<Record<LeptonSettings["gainMode"], number>> = { high: 0, low: 1, auto: 2 };
const ffcModes: Readonly<Record<LeptonSettings["ffcMode"], number>> = { manual: 0, auto: 1 };
const videoFormatRaw14 = 7;
const telemetryFooter = 1;
const resolutions = { tenthKelvin: 0, hundredthKelvin: 1 } as const;

type Setting = readonly [command: CciCommand, value: number];

const videoSettings: readonly Setting[] = [
  [cciCommands.agcEnable, 0],
  [cciCommands.videoFormat, videoFormatRaw14],
  [cciCommands.telemetryLocation, telemetryFooter],
  [cciCommands.telemetryEnable, 1],
];

function temperatureSettings({ gainMode }: LeptonSettings): readonly Setting[] {
  const resolution = gainMode === "low" ? resolutions.tenthKelvin : resolutions.hundredthKelvin;
  const fixed: readonly Setting[] = [
    [cciCommands.tLinearAutoResolution, 0],
    [cciCommands.tLinearResolution, resolution],
  ];
  return [
    [cciCommands.radiometryEnable, 1],
    [cciCommands.tLinearEnable, 1],
    ...(gainMode === "auto" ? [[cciCommands.tLinearAutoResolution, 1] as const] : fixed),
  ];
}

/**
 * Waits until the camera has booted, finds out what it is, and makes its settings what they should be: picture as
 * Raw14 without gain control, telemetry below it, TLinear, gain mode and mode of the flat-field correction. What was
 * set is read back. A module that is not radiometric gets the settings it has. Throws `Failure`: those of `Cci`, and
 * "lepton-setting-refused" when the camera keeps another value.
 */
export async function configureLepton(cci: Cci, settings: LeptonSettings): Promise<ConfigurationResult> {
  await cci.waitUntilBooted({ withinMs: bootMaxMs });
  const module = describeModule(await cci.get(cciCommands.partNumber));
  const radiometric = module.radiometric ?? (await knowsRadiometry(cci));
  const changed: string[] = [];
  for (const setting of videoSettings) await ensure(cci, setting, changed);
  await ensureFfcMode(cci, settings, changed);
  if (radiometric) {
    await ensure(cci, [cciCommands.gainMode, gainModes[settings.gainMode]], changed);
    for (const setting of temperatureSettings(settings)) await ensure(cci, setting, changed);
  }
  return {
    module: { ...module, radiometric },
    changed,
    needsCorrection: changed.includes(cciCommands.gainMode.name),
  };
}

async function knowsRadiometry(cci: Cci): Promise<boolean> {
  try {
    await cci.get(cciCommands.tLinearEnable);
    return true;
  } catch (error) {
    // A module without radiometry refuses the command; anything else is no answer to the question.
    const isRefusal = error instanceof Failure && refusalCodes.has(error.code);
    if (!isRefusal) throw error;
    return false;
  }
}

const refusalCodes: ReadonlySet<string> = new Set(["lepton-undefined", "lepton-not-supported"]);

async function ensure(cci: Cci, [command, value]: Setting, changed: string[]): Promise<void> {
  if ((await cci.getLong(command)) === value) return;
  changed.push(command.name);
  await cci.setLong(command, value);
  const kept = await cci.getLong(command);
  if (kept !== value) throw refused(command, { value, kept });
}

/**
 * Sets who starts the flat-field correction, while pictures come. Throws `Failure` where the camera does not answer or
 * keeps another mode.
 */
export async function setFfcMode(cci: Cci, ffcMode: LeptonSettings["ffcMode"]): Promise<void> {
  await ensureFfcMode(cci, { ffcMode }, []);
}

/** The object's other fields stay as the camera has them: documents disagree about their places. */
async function ensureFfcMode(
  cci: Cci,
  settings: Pick<LeptonSettings, "ffcMode">,
  changed: string[],
): Promise<void> {
  const command = cciCommands.ffcMode;
  const value = ffcModes[settings.ffcMode];
  const before = await cci.get(command);
  if (longAt0(before) === value) return;
  changed.push(command.name);
  const wanted = before.slice();
  wanted.set([value, 0]);
  await cci.set(command, wanted);
  const kept = longAt0(await cci.get(command));
  if (kept !== value) throw refused(command, { value, kept });
}

function longAt0(words: Uint16Array): number {
  return words[0]! + words[1]! * 65_536;
}

function refused({ name }: CciCommand, { value, kept }: { value: number; kept: number }): Failure {
  return machineFault(
    "lepton-setting-refused",
    `The thermal camera keeps ${kept} instead of ${value} as its ${name}: restart it, and replace it if this goes on.`,
  );
}
