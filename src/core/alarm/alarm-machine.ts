import { assertNever } from "../failure.ts";
import { applyAct, expireConditions } from "./acts.ts";
import { type AlarmDraft, change, emit, textCharactersMax } from "./alarm-draft.ts";
import type { AlarmEvent } from "./alarm-event.ts";
import type { AlarmInput, TroubleInput } from "./alarm-input.ts";
import type { AlarmNotice } from "./alarm-notice.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";
import type { AlarmState } from "./alarm-state.ts";
import type { Evidence } from "./evidence.ts";
import { applyEvidence } from "./fire-level.ts";
import { boundReasons } from "./incident.ts";
import type { Reason } from "./reason.ts";
import { readTime } from "./time-of-step.ts";
import { remindOfTroubles } from "./trouble-reminder.ts";
import { nothingWithheld } from "./withheld-level.ts";

/** The state of a device that has seen nothing yet. */
export function initialAlarmState(): AlarmState {
  return {
    level: "normal",
    sounding: false,
    incident: null,
    lastIncident: null,
    troubles: [],
    supervisory: [],
    gasHazard: [],
    disabled: null,
    disabledRegions: [],
    withheld: nothingWithheld,
    test: null,
    prealarmSeconds: 0,
    alarmSeconds: 0,
    quietSeconds: 0,
    unansweredSeconds: 0,
    lostSeconds: 0,
    remindedAtMicros: null,
    lastStepAtMicros: null,
    sequence: 0,
  };
}

/**
 * One step of the alarm machine: what the state becomes and what happened, from nothing but its arguments. Levels go
 * normal → prealarm → alarm and an alarm stands until a person resets it; trouble, supervisory, gas hazard, disabled
 * and test stand beside the level, never instead of it.
 */
export function stepAlarm(
  state: AlarmState,
  input: AlarmInput,
  policy: AlarmPolicy,
): {
  readonly state: AlarmState;
  readonly events: readonly AlarmEvent[];
  readonly notices: readonly AlarmNotice[];
} {
  const atMicros = input.kind === "evidence" ? input.evidence.atMicros : input.atMicros;
  const time = readTime(state, { atMicros, reorderSecondsMax: policy.reorderSecondsMax });
  const draft: AlarmDraft = { nowMicros: time.nowMicros, policy, state: time.state, events: [], notices: [] };
  expireConditions(draft);
  switch (input.kind) {
    case "evidence":
      applyGas(draft, input.evidence);
      applyEvidence(draft, input.evidence);
      break;
    case "trouble":
      applyTrouble(draft, input);
      break;
    case "act":
      applyAct(draft, input);
      break;
    case "self-test": {
      const { stage, text } = input;
      emit(draft, { type: "self-test", stage, text: text.slice(0, textCharactersMax), test: true });
      break;
    }
    case "tick":
      break;
    default:
      assertNever(input);
  }
  remindOfTroubles(draft);
  change(draft, { lastStepAtMicros: draft.nowMicros });
  return { state: draft.state, events: draft.events, notices: draft.notices };
}

/** Gas conditions end by themselves, but only on the word of an air sensor that is there. */
function applyGas(draft: AlarmDraft, evidence: Evidence): void {
  const { state } = draft;
  if (!evidence.airPresent) return;
  const supervisory = boundReasons(evidence.supervisory);
  const gasHazard = boundReasons(evidence.gasHazard);
  changeGas(draft, { type: "supervisory", before: state.supervisory, now: supervisory });
  changeGas(draft, { type: "gas-hazard", before: state.gasHazard, now: gasHazard });
  change(draft, { supervisory, gasHazard });
}

function changeGas(
  draft: AlarmDraft,
  gas: {
    readonly type: "supervisory" | "gas-hazard";
    readonly before: readonly Reason[];
    readonly now: readonly Reason[];
  },
): void {
  const active = gas.now.length > 0;
  if (active === gas.before.length > 0) return;
  emit(draft, { type: gas.type, active, reasons: active ? gas.now : gas.before });
}

/** A fault is told when it comes and when it goes; a new text for one that stands is only remembered. */
function applyTrouble(draft: AlarmDraft, input: TroubleInput): void {
  const { code, active } = input;
  const text = input.text.slice(0, textCharactersMax);
  const standing = draft.state.troubles.find((trouble) => trouble.code === code);
  const others = draft.state.troubles.filter((trouble) => trouble.code !== code);
  if (active) {
    const trouble = { code, text, sinceMicros: standing?.sinceMicros ?? draft.nowMicros };
    const troubles =
      standing === undefined
        ? [...others, trouble]
        : draft.state.troubles.map((other) => (other.code === code ? trouble : other));
    change(draft, { troubles });
  } else change(draft, { troubles: others });
  if (active !== (standing !== undefined)) emit(draft, { type: "trouble", code, active, text });
}
