import type { ActInput } from "#core/alarm/alarm-input.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { ReplyMessage } from "#wire/device-messages.ts";
import type { SiteTarget } from "../site-command.ts";

/** An answer before it goes out. */
export type Answer = Pick<ReplyMessage, "ok" | "text">;

/** "later": the answer is given by `CommandDesk.settle`, maybe after a restart. */
export type LateAnswer = Promise<Answer | "later">;

/** What a command can make a device do. An ability that the device does not have is null. */
export interface CommandTarget {
  readonly deviceId: string;
  /** Time of capture now: when an act is done. */
  readonly nowMicros: () => number;
  /** What stands now. */
  readonly standing: () => AlarmState;
  readonly act: (input: ActInput) => void;
  readonly watch: (seconds: number) => void;
  /** What is drawn into its picture, and its zone. */
  readonly site: SiteTarget;
  /** Null on a device whose room is real. */
  readonly demo: { ignite(): string; extinguish(): string } | null;
  /** Runs the camera's flat-field correction. Throws `Failure`. */
  readonly runFfc: (() => Promise<void>) | null;
  readonly takeClip: ((seconds: number) => LateAnswer) | null;
  readonly selfTest: ((request: SelfTestRequest) => LateAnswer) | null;
  readonly config: ConfigAbility | null;
  readonly model: ModelAbility | null;
}

/** Who asks for a self-test, and which. */
export interface SelfTestRequest {
  readonly by: string;
  readonly reason: string;
  /** Null inhibits the outputs. */
  readonly walkMinutes: number | null;
}

/** Takes a new configuration; the answer comes when it has proven itself or the one before is back. */
export interface ConfigAbility {
  apply(order: { readonly commandId: string; readonly text: string }): LateAnswer;
}

/** Takes models into use that have come with their parts. */
export interface ModelAbility {
  install(sha256: string): LateAnswer;
  rollBack(): LateAnswer;
  /** The model at work fails, and why. */
  failed(why: string): void;
}
