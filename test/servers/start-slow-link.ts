import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface SlowLink {
  readonly port: number;
  stop(): void;
}

/**
 * A link that carries so many bytes per second to a server on loopback. In Python, because Node cannot make the buffers of
 * a connection small: with those of loopback megabytes would seem to be sent in no time.
 */
export async function startSlowLink(targetPort: number, bytesPerSecond: number): Promise<SlowLink> {
  const script = fileURLToPath(new URL('slow-link.py', import.meta.url));
  const child = spawn('python3', [script, String(targetPort), String(bytesPerSecond)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(String(line)), stop: () => void child.kill() };
}
