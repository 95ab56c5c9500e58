import { columnFirstArea, rowFirstArea } from "./emulated-lepton-commands.ts";
import type { LeptonModule } from "./emulated-lepton-module.ts";
import { cci } from "./emulated-lepton-settings.ts";
import type { LeptonStatus, LeptonTelemetryState } from "./emulated-lepton-telemetry.ts";

/** Telemetry revision of the emulated module. Assumed: any but 8 has the coding of the data sheet. */
const telemetryRevision = 0x000e;
/** The revision of old firmware, which codes the state of the correction differently. */
const oldTelemetryRevision = 8;
const clipDefault = { high: 4800, low: 512 } as const;

/** What telemetry tells about a picture taken `at` this uptime. */
export function leptonTelemetryState(
  module: LeptonModule,
  at: { readonly frameCounter: number; readonly uptimeMs: number },
): LeptonTelemetryState {
  const { settings, imager, gain } = module;
  const wrong = module.faults.active("wrong-revision");
  return {
    revision: wrong === null ? telemetryRevision : (wrong.revision ?? oldTelemetryRevision),
    uptimeMs: module.toldUptimeMs(at.uptimeMs),
    status: status(module),
    serialNumber: module.serialNumber,
    softwareRevision: module.softwareVersion,
    frameCounter: module.toldFrameCounter(at.frameCounter),
    frameMean: imager.mean,
    fpaCounts: detectorCounts(module.fpaCentikelvin),
    fpaCentikelvin: module.fpaCentikelvin,
    housingCounts: detectorCounts(module.housingCentikelvin),
    housingCentikelvin: module.housingCentikelvin,
    lastFfc: lastFfc(module, at.uptimeMs),
    agcArea: columnFirstArea(settings.words(cci.agcRoi)),
    agcClip: clipDefault,
    outputFormat: settings.number(cci.outputFormat),
    ffcFramesLog2: settings.number(cci.averagedFrames),
    flux: settings.words(cci.fluxLinear),
    gain: {
      mode: module.isRadiometric ? settings.number(cci.gainMode) : 0,
      effective: Number(gain.effective === "low"),
      isSwitchDesired: gain.isSwitchDesired,
      object: settings.words(cci.gainModeObject),
    },
    linear: module.isRadiometric ? linear(module) : null,
  };
}

function status(module: LeptonModule): LeptonStatus {
  return {
    ffcState: module.ffcState,
    isFfcDesired: module.isFfcDesired,
    isAgcEnabled: module.settings.number(cci.agcEnable) === 1,
    isLockedOut: module.lockout !== 0,
    isOverTemperature: module.isOverTemperature,
  };
}

function lastFfc(module: LeptonModule, uptimeMs: number): LeptonTelemetryState["lastFfc"] {
  const { shutter } = module;
  if (shutter.completed === 0) return { uptimeMs: 0, fpaCentikelvin: 0, housingCentikelvin: 0 };
  const { fpa, housing } = module.temperaturesAt(shutter.lastEndedMs);
  return {
    // The picture is that of its own moment, and may be fetched a little after the correction ended.
    uptimeMs: module.toldUptimeMs(Math.min(shutter.lastEndedMs, uptimeMs)),
    fpaCentikelvin: fpa,
    housingCentikelvin: housing,
  };
}

function linear(module: LeptonModule): LeptonTelemetryState["linear"] {
  const { settings, imager, gain } = module;
  const spotArea = rowFirstArea(settings.words(cci.spotmeterRoi));
  return {
    isEnabled: imager.isLinear,
    resolution: imager.centikelvinPerCount(gain.effective) === 1 ? 1 : 0,
    spot: imager.statistics(spotArea),
    spotArea,
  };
}

/** Raw readings of the temperature sensors. Assumed: nothing says how they are scaled. */
function detectorCounts(centikelvin: number): number {
  return Math.min(0x3fff, Math.max(0, Math.round(8_192 + 0.3 * (centikelvin - 30_000))));
}
