/**
 * The same value with every view over bytes in memory of its own: a message to another thread takes along all the memory
 * a view lies in, and what zlib and sockets give are small pieces of large blocks.
 */
export function inOwnMemory<T>(value: T): T {
  if (value instanceof Uint8Array) return (hasOwnMemory(value) ? value : new Uint8Array(value)) as T;
  if (Array.isArray(value)) return value.map(inOwnMemory) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inOwnMemory(part)])) as T;
}

/** The memory of a value's views, to be handed over instead of copied. All of them lie in memory of their own. */
export function memoryOf(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(memoryOf))];
}

function hasOwnMemory({ buffer, byteLength }: Uint8Array): boolean {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
}
