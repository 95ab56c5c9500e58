import type { Clock } from "#core/time.ts";
import type { RefusalCounts } from "#wire/hub-api.ts";

/** What is refused. */
export type RefusalKind =
  | "no-certificate"
  | "unknown-certificate"
  | "expired-certificate"
  | "revoked-certificate"
  | "wrong-login"
  | "foreign-topic"
  | "oversized-message"
  | "malformed-packet"
  | "malformed-message"
  | "repeated-event"
  | "too-many-connections"
  | "malformed-request"
  | "wrong-code";

/** Refusals of one kind from one peer are told once in so long, with how many there were. */
export const toldAgainAfterMs = 600_000;
/** Kinds and peers that are remembered at once; of further ones only the first of each kind is told. */
export const rememberedMax = 1_000;
const peerCharactersMax = 100;

interface Told {
  readonly atMs: number;
  untold: number;
}

/** Counts what is refused, and tells the log once in a while: neither a mistake nor an attack may fill it. */
export class Refusals {
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  readonly #told = new Map<string, Told>();
  readonly #counts = new Map<RefusalKind, number>();

  constructor(clock: Clock, log: (line: string) => void) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Something of a peer (a device's id or an address) was refused; `what` is one clause for the log. */
  count(refusal: { readonly kind: RefusalKind; readonly peer: string; readonly what: string }): void {
    const { kind } = refusal;
    const peer = plain(refusal.peer);
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const nowMs = this.#clock.monotonicMs();
    const key = this.#keyOf(kind, peer, nowMs);
    const told = this.#told.get(key);
    if (told !== undefined && nowMs - told.atMs < toldAgainAfterMs) {
      told.untold += 1;
      return;
    }
    this.#told.delete(key);
    this.#told.set(key, { atMs: nowMs, untold: 0 });
    const before = told?.untold ?? 0;
    const more = before === 0 ? "" : `, and ${before} times more since this was last told`;
    this.#log(`refused (${kind}): ${peer} ${plain(refusal.what, 300)}${more}`);
  }

  /** How many were refused since the start. */
  counts(): RefusalCounts {
    const byKind = Object.fromEntries([...this.#counts].sort());
    return { total: [...this.#counts.values()].reduce((sum, count) => sum + count, 0), byKind };
  }

  /** What is told together: a kind of a peer, or a whole kind while there are too many peers to remember. */
  #keyOf(kind: RefusalKind, peer: string, nowMs: number): string {
    const key = `${kind} ${peer}`;
    if (this.#told.has(key) || this.#told.size < rememberedMax) return key;
    for (const [old, { atMs }] of this.#told) {
      if (nowMs - atMs < toldAgainAfterMs) break;
      this.#told.delete(old);
    }
    return this.#told.size < rememberedMax ? key : `${kind} from many`;
  }
}

/** Text of strangers, fit for one line of a log. */
function plain(text: string, charactersMax: number = peerCharactersMax): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, charactersMax);
}
