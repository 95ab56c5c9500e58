import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { ThermalCameraListener } from "../thermal-camera.ts";

/** Characters of a fault's text that messages take. */
const textCharactersMax = 500;

/** A trouble that stands is told anew for so many different details at most. */
const detailsMax = 8;

/** What can be wrong with the camera, as its driver sees it. */
export type LeptonTroubleCode =
  /** The system cannot use the SPI bus. */
  | "link-failed"
  /** No picture comes over the SPI bus. */
  | "video-lost"
  /** The camera does not do what it is told over I2C. */
  | "control-failed"
  /** The module measures no temperatures. */
  | "not-radiometric"
  /** Pictures come, but it is always the same one. */
  | "picture-frozen"
  /** A flat-field correction does not end. */
  | "shutter-stuck"
  /** It is too cold or too hot for the shutter. */
  | "shutter-lockout"
  /** The camera switches itself off. */
  | "over-temperature"
  /** The measuring range was changed and no flat-field correction followed. */
  | "gain-uncorrected";

/** The sentences for people. */
export interface TroubleTexts {
  readonly raised: string;
  readonly restored: string;
}

/** The sentences for every trouble. */
export type LeptonTroubleTexts = Readonly<Record<LeptonTroubleCode, TroubleTexts>>;

/** The sentences for a camera on SPI and I2C. */
export const leptonTroubleTexts: LeptonTroubleTexts = {
  "link-failed": {
    raised: "The thermal camera's SPI bus cannot be read: check that SPI is enabled and the wiring.",
    restored: "The thermal camera's SPI bus can be read again.",
  },
  "video-lost": {
    raised:
      "The thermal camera sends no pictures; it is being restarted. If this goes on, check its SPI wiring and its supply.",
    restored: "The thermal camera sends pictures again.",
  },
  "control-failed": {
    raised:
      "The thermal camera does not obey over I2C. If this goes on, check SDA, SCL, the supply and address 0x2A.",
    restored: "The thermal camera obeys over I2C again.",
  },
  "not-radiometric": {
    raised: "The thermal camera does not measure temperatures: replace it by a Lepton 3.5 (part 500-0771).",
    restored: "The thermal camera measures temperatures.",
  },
  "picture-frozen": {
    raised: "The thermal camera shows the same picture again and again; it is being restarted.",
    restored: "The thermal camera shows new pictures again.",
  },
  "shutter-stuck": {
    raised:
      "The thermal camera's shutter does not open again; it is being restarted. If this goes on, replace the camera.",
    restored: "The thermal camera's shutter works again.",
  },
  "shutter-lockout": {
    raised:
      "The thermal camera is too cold or too hot to use its shutter, so its temperatures drift: bring it to between -10 and 80 °C.",
    restored: "The thermal camera can use its shutter again.",
  },
  "over-temperature": {
    raised:
      "The thermal camera is too hot and switches itself off within 10 s: look at the room, cool the camera.",
    restored: "The thermal camera is no longer too hot.",
  },
  "gain-uncorrected": {
    raised:
      "The thermal camera changed its measuring range without the correction that it needs, so its temperatures may be some kelvin off: check its shutter.",
    restored: "The thermal camera's measuring range is corrected.",
  },
};

/**
 * The named fault of the device for each trouble that only the driver can know of. The others show in the pictures, or
 * in their absence, and are named by the detector.
 */
const faultOf: Readonly<Partial<Record<LeptonTroubleCode, TroubleCode>>> = {
  "link-failed": "camera-link-failed",
  "control-failed": "camera-control-failed",
  "not-radiometric": "camera-wrong-module",
  "shutter-stuck": "camera-shutter-stuck",
  "gain-uncorrected": "camera-gain-uncorrected",
};

/** Who is told of troubles: a camera's listener. */
export type TroubleListener = Pick<ThermalCameraListener, "onTrouble" | "onFault">;

/** Troubles that stand; each is told once when it comes and once when it goes. */
export class LeptonTroubles {
  readonly #listener: () => TroubleListener | null;
  readonly #texts: LeptonTroubleTexts;
  /** What has been told of each trouble that stands. */
  readonly #standing = new Map<LeptonTroubleCode, Set<string>>();

  constructor(listener: () => TroubleListener | null, texts: LeptonTroubleTexts) {
    this.#listener = listener;
    this.#texts = texts;
  }

  /** Codes of the troubles that stand. */
  get standing(): readonly LeptonTroubleCode[] {
    return [...this.#standing.keys()];
  }

  has(code: LeptonTroubleCode): boolean {
    return this.#standing.has(code);
  }

  /** A trouble has come, or more is known of one that stands; `detail` says what exactly happened. */
  raise(code: LeptonTroubleCode, detail?: string): void {
    const told = this.#standing.get(code);
    const { raised } = this.#texts[code];
    const text = detail === undefined ? raised : `${raised} (${detail})`;
    if (told !== undefined && (detail === undefined || told.has(text) || told.size >= detailsMax)) return;
    this.#standing.set(code, (told ?? new Set()).add(text));
    this.#tell(code, { active: true, text });
  }

  /** A trouble has gone. */
  clear(code: LeptonTroubleCode): void {
    if (this.#standing.delete(code)) this.#tell(code, { active: false, text: this.#texts[code].restored });
  }

  /** Raises or clears a trouble as `stands` says. */
  set(code: LeptonTroubleCode, { stands }: { readonly stands: boolean }): void {
    if (stands) this.raise(code);
    else this.clear(code);
  }

  #tell(code: LeptonTroubleCode, told: { readonly active: boolean; readonly text: string }): void {
    const listener = this.#listener();
    listener?.onTrouble(told.text);
    const fault = faultOf[code];
    if (fault === undefined) return;
    listener?.onFault?.({ code: fault, active: told.active, text: told.text.slice(0, textCharactersMax) });
  }
}
