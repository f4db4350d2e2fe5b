import type { Socket } from 'node:net';

/**
 * One JSON value per line over a local socket. A line longer than `maxBytes` ends the connection: whoever sends it is
 * not one of us.
 */
export function onJsonLines(socket: Socket, maxBytes: number, listener: (value: unknown) => void): void {
  let pieces: Buffer[] = [];
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...pieces, rest.subarray(0, end)]);
      pieces = [];
      length = 0;
      rest = rest.subarray(end + 1);
      if (line.length > maxBytes || !tell(line)) return void socket.destroy();
    }
    length += rest.length;
    if (length > maxBytes) return void socket.destroy();
    if (rest.length > 0) pieces.push(rest);
  });

  function tell(line: Buffer): boolean {
    try {
      listener(JSON.parse(line.toString('utf8')));
      return true;
    } catch {
      return false;
    }
  }
}

export function writeJsonLine(socket: Socket, value: unknown): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
}
