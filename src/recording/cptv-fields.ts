/** The fields of one CPTV section by their code letter. */
export class CptvFields {
  readonly #data: ReadonlyMap<string, Uint8Array>;

  constructor(data: ReadonlyMap<string, Uint8Array>) {
    this.#data = data;
  }

  /** A little-endian unsigned integer of 1, 2, 4 or 8 bytes; null when absent or not exact as a number. */
  unsigned(code: string): number | null {
    const view = this.#view(code);
    if (view === null) return null;
    if (view.byteLength === 1) return view.getUint8(0);
    if (view.byteLength === 2) return view.getUint16(0, true);
    if (view.byteLength === 4) return view.getUint32(0, true);
    if (view.byteLength !== 8) return null;
    const value = Number(view.getBigUint64(0, true));
    return Number.isSafeInteger(value) ? value : null;
  }

  /** A little-endian 32-bit float; null when absent. */
  float(code: string): number | null {
    const view = this.#view(code);
    return view === null || view.byteLength !== 4 ? null : view.getFloat32(0, true);
  }

  /** Text; null when absent. */
  text(code: string): string | null {
    const bytes = this.#data.get(code);
    return bytes === undefined ? null : new TextDecoder().decode(bytes);
  }

  #view(code: string): DataView | null {
    const bytes = this.#data.get(code);
    return bytes === undefined ? null : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

/** Walks through the bytes of a CPTV file; every method gives null at the end instead of reading past it. */
export class CptvCursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  #sectionStart = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    this.#sectionStart = this.#at;
    return this.#at >= this.#bytes.length;
  }

  /** Where the newest section begins: everything before it was read whole. */
  get sectionStart(): number {
    return this.#sectionStart;
  }

  skip(count: number): CptvCursor {
    this.#at += count;
    return this;
  }

  byte(): number | null {
    const value = this.#bytes[this.#at];
    if (value === undefined) return null;
    this.#at += 1;
    return value;
  }

  bytes(count: number): Uint8Array | null {
    if (this.#at + count > this.#bytes.length) return null;
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** Reads a section that begins with this letter: a count of fields, then length, code and data of each. */
  section(letter: string): CptvFields | null {
    this.#sectionStart = this.#at;
    if (this.byte() !== letter.charCodeAt(0)) return null;
    const count = this.byte();
    if (count === null) return null;
    const fields = new Map<string, Uint8Array>();
    for (let i = 0; i < count; i += 1) {
      const length = this.byte();
      const code = this.byte();
      const data = length === null || code === null ? null : this.bytes(length);
      if (data === null) return null;
      fields.set(String.fromCharCode(code!), data);
    }
    return new CptvFields(fields);
  }
}
