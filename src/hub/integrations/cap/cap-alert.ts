/** The elements of a Common Alerting Protocol 1.2 message that this hub uses, in the order of the standard (OASIS CAP-v1.2, 3.2). */
export interface CapAlert {
  /** Unique for the sender; no spaces, commas, "<" or "&". */
  readonly identifier: string;
  readonly sender: string;
  readonly sentAtMicros: number;
  readonly status: CapStatus;
  readonly msgType: "Alert" | "Update" | "Cancel";
  readonly source: string;
  readonly scope:
    | { readonly kind: "Private"; readonly addresses: readonly string[] }
    | { readonly kind: "Restricted"; readonly restriction: string };
  /** Why an earlier message is cancelled or updated; null for a first one. */
  readonly note: string | null;
  /** The earlier messages of the same incident. */
  readonly references: readonly Pick<CapAlert, "identifier" | "sender" | "sentAtMicros">[];
  /** The incident that all its messages belong to. */
  readonly incident: string;
  /** Null for a message that only takes back. */
  readonly info: CapInfo | null;
}

/** What a message is for. */
export type CapStatus = "Actual" | "Exercise" | "System" | "Test" | "Draft";

/** What burns where; category is always Fire. */
export interface CapInfo {
  readonly event: string;
  readonly urgency: "Immediate" | "Expected";
  readonly severity: "Severe" | "Extreme";
  readonly certainty: "Likely" | "Possible";
  readonly onsetAtMicros: number;
  readonly senderName: string;
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly area: {
    readonly description: string;
    readonly circle: {
      readonly latitudeDegrees: number;
      readonly longitudeDegrees: number;
      readonly radiusMetres: number;
    } | null;
  };
}
