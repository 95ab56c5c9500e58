import { badInput } from "#core/failure.ts";
import { type FaultyDevice, faultParsers } from "./fault-schemas.ts";

/** A fault for an emulated device, and when it begins. */
export interface FaultWish {
  readonly device: FaultyDevice;
  /** As the device server takes it: an object with a kind, or null for none. */
  readonly fault: object | null;
  /** Milliseconds from the start. */
  readonly afterMs: number;
}

/** Most faults that one option may plan. */
const wishesMax = 32;

/** Longest time until a planned fault, a day. */
const secondsMax = 86_400;

/** Until it is taken away. */
const forEver = 1_000_000_000;

/** What a kind needs to be told when only its name is given: something that is noticed. */
const usualFields: Readonly<Record<string, object>> = {
  nack: { times: forEver },
  "wrong-crc": { times: forEver },
  "bus-stuck": { times: forEver },
  "clock-stretch": { stretchMs: 200 },
  "late-answer": { extraMs: 500 },
  "cci-late": { ms: 2_000 },
  drift: { ppmPerHour: 100 },
  "other-serial": { serial: 1 },
  "part-failed": { part: "particles" },
};

/** Words that no room has, as many as the chip's reading has; the SPS30's are pairs that make a number of 32 bits. */
const implausibleWords: Readonly<Partial<Record<FaultyDevice, readonly number[]>>> = {
  scd41: [60_000, 0x6667, 0x5eb9],
  sgp41: [0xffff, 0xffff],
  sps30: Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 0x4f00 : 0)),
  sen66: Array.from({ length: 9 }, () => 0x7ffe),
  sfa30: [0x7ffe, 0x7ffe, 0x7ffe],
};

/** Reads DEVICE:KIND[@SECONDS], several with commas between. Throws `Failure` ("usage" or "bad-fault"). */
export function parseFaultWishes(text: string): readonly FaultWish[] {
  const parts = text.split(",");
  if (parts.length > wishesMax) throw badInput("usage", `--fault takes ${wishesMax} faults at most.`);
  return parts.map((part) => {
    const [, device, kind, seconds] = /^([a-z0-9]+):([a-z0-9-]+)(?:@(\d+(?:\.\d+)?))?$/.exec(part) ?? [];
    if (device === undefined || kind === undefined || Number(seconds ?? 0) > secondsMax) {
      throw badInput(
        "usage",
        `--fault needs DEVICE:KIND or DEVICE:KIND@SECONDS, for example scd41:nack@30, not "${part}".`,
      );
    }
    return { ...faultWish(device, kind), afterMs: 1_000 * Number(seconds ?? 0) };
  });
}

/**
 * Reads a device's name and a fault: its kind, an object as JSON, or "none". Throws `Failure` ("usage" or "bad-fault")
 * for what the device does not have.
 */
export function faultWish(device: string, fault: string): Omit<FaultWish, "afterMs"> {
  if (!isFaulty(device)) {
    throw badInput(
      "usage",
      `There is no emulated device "${device}": name ${Object.keys(faultParsers).join(", ")}.`,
    );
  }
  if (fault === "none") return { device, fault: null };
  return { device, fault: faultParsers[device](asObject(device, fault)) };
}

function isFaulty(name: string): name is FaultyDevice {
  return Object.hasOwn(faultParsers, name);
}

function asObject(device: FaultyDevice, text: string): unknown {
  if (text.startsWith("{")) return parseJson(text);
  if (text === "implausible-value") return { kind: text, words: implausibleWords[device] };
  if (text === "self-test-fails" && device === "sgp41") return { kind: text, pixel: "voc" };
  return { kind: text, ...usualFields[text] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badInput("usage", `A fault is a kind or an object as JSON, and "${text}" is no JSON.`, { cause });
  }
}
