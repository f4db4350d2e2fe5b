/**
 * The same value with every view over bytes in memory of its own: a message to another thread takes along all the memory
 * a view lies in, and what zlib and sockets give are small pieces of large blocks.
 */
export function inOwnMemory<T>(value: T): T {
  if (isView(value)) return (hasOwnMemory(value) ? value : copyOf(value)) as T;
  if (Array.isArray(value)) return (value.some(isObject) ? value.map(inOwnMemory) : value) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inOwnMemory(part)])) as T;
}

/** The memory of a value's views, to be handed over instead of copied. All of them lie in memory of their own. */
export function memoryOf(value: unknown): ArrayBuffer[] {
  if (isView(value)) return [value.buffer as ArrayBuffer];
  if (Array.isArray(value) && !value.some(isObject)) return [];
  if (!isObject(value)) return [];
  return [...new Set(Object.values(value).flatMap(memoryOf))];
}

/** `slice` of a Buffer would be a view of the same memory. */
function copyOf(view: View): View {
  return view instanceof Uint8Array ? new Uint8Array(view) : view.slice();
}

type View = Uint8Array | Uint32Array | Float64Array;

function isView(value: unknown): value is View {
  return value instanceof Uint8Array || value instanceof Uint32Array || value instanceof Float64Array;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasOwnMemory({ buffer, byteLength }: View): boolean {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
}
