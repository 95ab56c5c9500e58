import { initialAlarmState, stepAlarm } from "#core/alarm/alarm-machine.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { Evidence } from "#core/alarm/evidence.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { joinEvidence } from "#core/detection/join-evidence.ts";
import { defaultModelPolicy, ModelDetector } from "#core/detection/model-detector.ts";
import { RuleDetector } from "#core/detection/rule-detector.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";

/** What became of an episode in one arm of an evaluation. Times are seconds since the episode began. */
export interface ArmOutcome {
  /** When prealarms began, the first few; an alarm without one counts as both. */
  readonly prealarmsAt: readonly number[];
  /** When the alarm began; null when it never did. An alarm stands: nothing after it is judged. */
  readonly alarmAt: number | null;
  /** Codes of the reasons of the first prealarm and of the alarm. */
  readonly prealarmReasons: readonly string[];
  readonly alarmReasons: readonly string[];
}

/** Prealarms noted at most; later ones say nothing new. */
const prealarmsMax = 20;

/** Rules, a model or both, through the alarm machine as on a device, with nobody there to acknowledge or reset. */
export class AlarmArm {
  readonly #rules: RuleDetector | null;
  readonly #model: ModelDetector | null;
  #state: AlarmState = initialAlarmState();
  readonly #prealarmsAt: number[] = [];
  #alarmAt: number | null = null;
  #prealarmReasons: readonly string[] = [];
  #alarmReasons: readonly string[] = [];

  /** `model` null: rules alone. */
  constructor(parts: { readonly rules: "on" | "off"; readonly model: SecondScorer | null }) {
    this.#rules = parts.rules === "on" ? new RuleDetector(defaultDetectionPolicy) : null;
    this.#model = parts.model === null ? null : new ModelDetector(parts.model, defaultModelPolicy);
  }

  /** Takes in a second; seconds are given in order, each once. Returns how near the rules are to an alarm. */
  evaluate(second: FeatureSecond, secondOfEpisode: number): number {
    const ofRules = this.#rules?.evaluate(second) ?? silence(second);
    const ofModel = this.#model?.evaluate(second) ?? null;
    const evidence = ofModel === null ? ofRules : joinEvidence(ofRules, ofModel);
    const { state, events } = stepAlarm(this.#state, { kind: "evidence", evidence }, defaultAlarmPolicy);
    this.#state = state;
    for (const event of events) {
      if (event.type !== "level") continue;
      const codes = [...new Set(event.reasons.map(({ code }) => code))];
      if (event.level === "prealarm" && this.#prealarmsAt.length < prealarmsMax) {
        if (this.#prealarmsAt.length === 0) this.#prealarmReasons = codes;
        this.#prealarmsAt.push(secondOfEpisode);
      }
      if (event.level === "alarm" && this.#alarmAt === null) {
        this.#alarmAt = secondOfEpisode;
        this.#alarmReasons = codes;
      }
    }
    return ofRules.nearness;
  }

  /** What has become of the episode so far. */
  get outcome(): ArmOutcome {
    return {
      prealarmsAt: this.#prealarmsAt,
      alarmAt: this.#alarmAt,
      prealarmReasons: this.#prealarmReasons,
      alarmReasons: this.#alarmReasons,
    };
  }
}

function silence(second: FeatureSecond): Evidence {
  return {
    atMicros: second.atMicros,
    thermalPresent: second.vector !== null,
    airPresent: !Number.isNaN(second.air.co2Ppm),
    alarm: [],
    prealarm: [],
    supervisory: [],
    gasHazard: [],
    severeHeat: false,
    nearness: 0,
  };
}
