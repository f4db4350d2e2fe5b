/** Properties of one object; real messages have some hundred. */
const MAX_PROPERTIES = 2000;
/** Values of one property with several. */
const MAX_VALUES = 1000;

const STRING8 = 0x1e;
const UNICODE = 0x1f;
const OBJECT = 0x0d;
const BINARY = 0x102;
/** Bytes of the types of fixed length (MS-OXTNEF 2.1.3.4), padded to four. */
const FIXED: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const MULTIPLE = 0x1000;

/** Values of a MAPI property list by property id: the bytes of the first value, and whether they are UTF-16. */
export type MapiProperties = ReadonlyMap<number, { readonly bytes: Buffer; readonly isUnicode: boolean }>;

/** MS-OXTNEF 2.1.3.4: up to the first place that cannot be read. Named properties are skipped. */
export function readMapiProperties(data: Buffer): MapiProperties {
  const found = new Map<number, { bytes: Buffer; isUnicode: boolean }>();
  const reader = new Cursor(data);
  const count = Math.min(reader.u32(), MAX_PROPERTIES);
  for (let at = 0; at < count && !reader.ended; at++) {
    const type = reader.u16();
    const id = reader.u16();
    if (id >= 0x8000) skipName(reader);
    const base = type & ~MULTIPLE;
    const isVariable = [STRING8, UNICODE, OBJECT, BINARY].includes(base);
    const values = isVariable || type & MULTIPLE ? Math.min(reader.u32(), MAX_VALUES) : 1;
    for (let value = 0; value < values && !reader.ended; value++) {
      const length = isVariable ? reader.u32() : (FIXED[base] ?? -1);
      const bytes = length < 0 ? null : reader.take(length);
      if (bytes === null) return found;
      reader.skip((4 - (length % 4)) % 4);
      if (value === 0 && id < 0x8000) found.set(id, { bytes, isUnicode: base === UNICODE });
    }
  }
  return found;
}

function skipName(reader: Cursor): void {
  reader.skip(16);
  if (reader.u32() === 0) reader.skip(4);
  else {
    const length = reader.u32();
    reader.skip(length + ((4 - (length % 4)) % 4));
  }
}

/** Reads little-endian numbers and stays inside: beyond the end there is nothing but zeros. */
export class Cursor {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  get ended(): boolean {
    return this.#at >= this.#data.length;
  }

  u8(): number {
    return this.#number(1, (at) => this.#data.readUInt8(at));
  }

  u16(): number {
    return this.#number(2, (at) => this.#data.readUInt16LE(at));
  }

  u32(): number {
    return this.#number(4, (at) => this.#data.readUInt32LE(at));
  }

  skip(length: number): void {
    this.#at = Math.min(this.#data.length, this.#at + length);
  }

  /** That many bytes, or null when there are fewer. */
  take(length: number): Buffer | null {
    if (length > this.#data.length - this.#at) return null;
    const bytes = this.#data.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  #number(length: number, read: (at: number) => number): number {
    const at = this.#at;
    this.skip(length);
    return at + length > this.#data.length ? 0 : read(at);
  }
}
