import { zoneConditionNames } from "#core/zone/zone-conditions.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { DeviceFacts } from "../device-facts.ts";
import { troubleBit, troubleBits } from "./trouble-bits.ts";

/** Version of this map, in register 0; a later one only adds. */
export const modbusMapVersion = 1;
/** Blocks for devices. */
export const modbusDeviceSlots = 64;
/** Blocks for zones. */
export const modbusZoneSlots = 64;
/** Registers of the hub, of a device and of a zone. */
export const modbusBlockSize = { hub: 16, device: 32, zone: 16 } as const;
/** First register of the hub, of the first device and of the first zone. */
export const modbusBase = { hub: 0, device: 1_000, zone: 4_000 } as const;

/** A measurement that is not known: the lowest signed number, or the highest unsigned one. */
export const unknownSigned = 0x8000;
/** See `unknownSigned`. */
export const unknownUnsigned = 0xffff;

const deviceLevels = { normal: 1, prealarm: 2, alarm: 3 } as const;
const zoneLevels = { normal: 1, prealarm: 2, holding: 3, fire: 4 } as const;

/** What the registers are made of. */
export interface RegisterFacts {
  /** Whole seconds that the hub has run. */
  readonly upSeconds: number;
  readonly nowMicros: number;
  /** For each part of the hub, in the order of its bits, whether it works. */
  readonly partsWorking: readonly boolean[];
  /** In the order of their blocks; undefined for one that the hub does not know. */
  readonly devices: readonly (DeviceFacts | undefined)[];
  readonly zones: readonly (ZoneView | undefined)[];
}

/** Registers that follow each other. */
export interface RegisterBlock {
  readonly first: number;
  readonly values: readonly number[];
}

/** All registers now: the hub's, those of the devices and those of the zones. Numbers above are in docs/guides/integrations.md. */
export function registerBlocks(facts: RegisterFacts): readonly RegisterBlock[] {
  const { devices, zones, nowMicros } = facts;
  return [
    { first: modbusBase.hub, values: padded(hubRegisters(facts), modbusBlockSize.hub) },
    {
      first: modbusBase.device,
      values: devices.flatMap((device) => padded(deviceRegisters(device), modbusBlockSize.device)),
    },
    {
      first: modbusBase.zone,
      values: zones.flatMap((zone) => padded(zoneRegisters(zone, nowMicros), modbusBlockSize.zone)),
    },
  ];
}

function hubRegisters({ upSeconds, partsWorking, devices, zones }: RegisterFacts): readonly number[] {
  const levels = devices.map(levelOf);
  const loudest = Math.max(0, ...levels);
  const isSilent = (device: DeviceFacts | undefined): boolean => device?.standing !== "heard";
  return [
    modbusMapVersion,
    upSeconds & 0xffff,
    bits(partsWorking.map((works) => !works)),
    devices.length,
    zones.length,
    // "All is normal" can only be said where nothing is unknown.
    loudest === deviceLevels.normal && levels.includes(0) ? 0 : loudest,
    devices.filter(isSilent).length,
  ];
}

function levelOf(device: DeviceFacts | undefined): number {
  const state = device?.standing === "heard" ? device.view.state : null;
  return state === null ? 0 : deviceLevels[state.level];
}

function deviceRegisters(device: DeviceFacts | undefined): readonly number[] {
  const view = device?.view;
  const telemetry = device?.telemetry ?? null;
  const lastLevel = view?.state?.level;
  return [
    levelOf(device),
    device?.standing === "heard" ? 1 : 0,
    (device?.picturedSeconds ?? 0) & 0xffff,
    troublesOf(device),
    flagsOf(device),
    tenthsSigned(telemetry?.hottest?.celsius),
    tenthsSigned(telemetry?.airTemperatureCelsius),
    unsigned(telemetry?.co2Ppm),
    unsigned(telemetry?.humidityPercent, 10),
    unsigned(view?.newestFrameAgeSeconds),
    unsigned(view?.newestAirAgeSeconds),
    lastLevel === undefined ? 0 : lastLevel === "alarm" ? 2 : 1,
  ];
}

function troublesOf(device: DeviceFacts | undefined): number {
  if (device?.standing !== "heard") return 1 << troubleBit.silent;
  const { state } = device.view;
  if (state === null) return 1 << troubleBit.stateUnknown;
  return troubleBits(state.troubles.map(({ code }) => code));
}

function flagsOf(device: DeviceFacts | undefined): number {
  const state = device?.standing === "heard" ? device.view.state : null;
  if (state === null) return 0;
  return bits([
    state.sounding,
    state.incident?.acknowledged != null,
    state.incident?.silenced != null,
    state.disabled !== null || state.disabledRegions.length > 0,
    state.test !== null,
    state.supervisory.length > 0,
    state.gasHazard.length > 0,
  ]);
}

function zoneRegisters(zone: ZoneView | undefined, nowMicros: number): readonly number[] {
  if (zone === undefined) return [0, 0, 0, unknownUnsigned];
  const { state, conditions, holdEndsAtMicros } = zone;
  return [
    zoneLevels[state.level],
    bits(zoneConditionNames.map((name) => conditions.includes(name))),
    bits([state.sounding, state.incident?.acknowledged != null, state.incident?.silenced != null]),
    unsigned(
      holdEndsAtMicros === null ? null : Math.max(0, Math.ceil((holdEndsAtMicros - nowMicros) / 1_000_000)),
    ),
  ];
}

/** Tenths as a signed register; what does not fit ends at the highest or lowest that does. */
function tenthsSigned(value: number | null | undefined): number {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknownSigned;
  return Math.min(0x7fff, Math.max(-0x7fff, Math.round(10 * value))) & 0xffff;
}

/** A whole number as an unsigned register; the highest one that is a value is 0xFFFE. */
function unsigned(value: number | null | undefined, times = 1): number {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknownUnsigned;
  return Math.min(0xfffe, Math.max(0, Math.round(value * times)));
}

function bits(set: readonly boolean[]): number {
  return set.reduce((all, isSet, bit) => (isSet ? all | (1 << bit) : all), 0);
}

function padded(values: readonly number[], size: number): readonly number[] {
  return [...values, ...Array.from({ length: size - values.length }, () => 0)];
}
