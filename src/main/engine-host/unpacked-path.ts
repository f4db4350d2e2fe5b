/** Workers and the native module cannot be started from inside an asar archive; the packager leaves them beside it. */
export function unpackedPath(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
