/** What the camera says it is. */
export interface LeptonModule {
  /** As FLIR prints it, for example 500-0771-01; "unknown" when what the camera says is no part number. */
  readonly partNumber: string;
  /** For example "Lepton 3.5"; "unknown Lepton" when the part number is in no document. */
  readonly model: string;
  /** Whether its pixels can be temperatures; null when the part number does not tell. */
  readonly radiometric: boolean | null;
}

/** Modules with 160×120 pixels by the beginning of their part number (FLIR product data sheets). */
const models: Readonly<Record<string, { readonly model: string; readonly radiometric: boolean }>> = {
  "500-0771": { model: "Lepton 3.5", radiometric: true },
  "500-0758": { model: "Lepton 3.1R", radiometric: true },
  "500-0726": { model: "Lepton 3.0", radiometric: false },
};

const partNumberForm = /^500-\d{4}(-\d{2})?/;

/** Reads the camera's part number, 32 ASCII characters in 16 words, whichever of a word's characters comes first. */
export function describeModule(words: Uint16Array): LeptonModule {
  const lowFirst = text(words, { firstShift: 0 });
  const highFirst = text(words, { firstShift: 8 });
  const found = partNumberForm.exec(lowFirst) ?? partNumberForm.exec(highFirst);
  if (found === null) return { partNumber: "unknown", model: "unknown Lepton", radiometric: null };
  const known = models[found[0].slice(0, 8)];
  return { partNumber: found[0], ...(known ?? { model: "unknown Lepton", radiometric: null }) };
}

function text(words: Uint16Array, { firstShift }: { readonly firstShift: 0 | 8 }): string {
  const characters = [...words].flatMap((word) => [
    (word >>> firstShift) & 0xff,
    (word >>> (8 - firstShift)) & 0xff,
  ]);
  return String.fromCharCode(...characters);
}
