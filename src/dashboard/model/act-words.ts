import type { ActName } from "#core/alarm/alarm-input.ts";

/** How an act is asked for. */
export interface ActWords {
  readonly label: string;
  /** What the person has to confirm; null where the act is done at once. */
  readonly question: string | null;
  /** Minutes proposed for an act that ends by itself; null for the others. */
  readonly minutes: number | null;
  readonly reason: "required" | "optional" | "none";
}

/** An hour for disablements and half an hour for tests are what people mostly need; both can be changed. */
export const actWords: Readonly<Record<ActName, ActWords>> = {
  acknowledge: { label: "Acknowledge", question: null, minutes: null, reason: "none" },
  silence: { label: "Silence", question: null, minutes: null, reason: "none" },
  reset: {
    label: "Reset",
    question:
      "Reset only when somebody has seen that nothing burns. A cause that is still there raises the alarm again within 20 s.",
    minutes: null,
    reason: "optional",
  },
  disable: {
    label: "Disable…",
    question: "A disabled room raises no alarm. It is enabled again by itself when the time is over.",
    minutes: 60,
    reason: "required",
  },
  enable: { label: "Enable", question: null, minutes: null, reason: "none" },
  "start-test": {
    label: "Start test…",
    question: "While a test is on, alarms are shown and logged, and nobody is called. It ends by itself.",
    minutes: 30,
    reason: "optional",
  },
  "end-test": { label: "End test", question: null, minutes: null, reason: "none" },
};
