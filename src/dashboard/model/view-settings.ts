import { z } from "zod";

/** Most proposals that a browser hides; hiding one more shows the first again. */
export const hiddenProposalsMax = 200;

/** How this browser shows the pictures, who sits before it, and whether it may sound. */
export const viewSettingsSchema = z.object({
  palette: z.enum(["isotherm", "iron"]).catch("isotherm"),
  scale: z.enum(["auto", "fixed"]).catch("auto"),
  lowCelsius: z.number().min(-40).max(400).catch(10),
  highCelsius: z.number().min(-40).max(400).catch(100),
  /** Everything from here up is coloured in the grey palette. */
  thresholdCelsius: z.number().min(-40).max(400).catch(60),
  personName: z.string().max(100).catch(""),
  sound: z.enum(["on", "off"]).catch("on"),
  /** Whether the parts of the pictures are drawn over them. */
  parts: z.enum(["drawn", "hidden"]).catch("drawn"),
  /** Ids of proposed hot zones that nobody wants to see in this browser; the devices know nothing of it. */
  hiddenProposals: z.array(z.string().max(200)).max(hiddenProposalsMax).catch([]),
});
/** See `viewSettingsSchema`. */
export type ViewSettings = z.infer<typeof viewSettingsSchema>;

/** Where settings survive a reload: the browser's localStorage. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const storageKey = "emberwatch-view/1";
/** A fixed scale narrower than this shows nothing but noise. */
export const spanMinCelsius = 1;

/** Reads remembered settings; what is missing or damaged takes its default. */
export function readViewSettings(storage: TextStorage | null): ViewSettings {
  const settings = viewSettingsSchema.parse(parseObject(storage?.getItem(storageKey) ?? null));
  return settings.highCelsius - settings.lowCelsius >= spanMinCelsius
    ? settings
    : { ...settings, lowCelsius: 10, highCelsius: 100 };
}

/** Remembers settings in this browser. */
export function writeViewSettings(storage: TextStorage | null, settings: ViewSettings): void {
  storage?.setItem(storageKey, JSON.stringify(settings));
}

function parseObject(text: string | null): object {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    // Settings damaged by something else on this address are worth no more than their defaults.
    return {};
  }
}
