import type { Outline } from "../regions/outline.ts";
import type { SelfTestStage } from "./alarm-event.ts";
import type { Evidence } from "./evidence.ts";
import type { TroubleCode } from "./trouble.ts";

/** One second of evidence. */
export interface EvidenceInput {
  readonly kind: "evidence";
  readonly evidence: Evidence;
}

/** A fault came (`active`) or went. */
export interface TroubleInput {
  readonly kind: "trouble";
  readonly atMicros: number;
  readonly code: TroubleCode;
  readonly active: boolean;
  readonly text: string;
}

interface ActBase {
  readonly kind: "act";
  readonly atMicros: number;
  readonly by: string;
  readonly reason: string;
}

/** A person did something that stands until something else is done. */
export interface LastingActInput extends ActBase {
  readonly act: "acknowledge" | "silence" | "reset" | "enable" | "end-test";
  readonly minutes: null;
  /** Of "enable": the region of this name, and not the detector. */
  readonly region?: string | undefined;
}

/** A person did something that ends by itself: how long it lasts is theirs to say. */
export interface TimedActInput extends ActBase {
  readonly act: "disable" | "start-test";
  readonly minutes: number;
  /** Of "disable": this part of the picture, and not the detector. */
  readonly region?: { readonly name: string; readonly outline: Outline } | undefined;
}

/** A person did something. */
export type ActInput = LastingActInput | TimedActInput;

/** Names of what a person can do to a device. */
export type ActName = ActInput["act"];

/** Time went by: expiries are looked at. */
export interface TickInput {
  readonly kind: "tick";
  readonly atMicros: number;
}

/** A self-test has come to a stage. It changes nothing but the log. */
export interface SelfTestInput {
  readonly kind: "self-test";
  readonly atMicros: number;
  readonly stage: SelfTestStage;
  readonly text: string;
}

/** Everything the alarm machine can be told. */
export type AlarmInput = EvidenceInput | TroubleInput | ActInput | TickInput | SelfTestInput;
