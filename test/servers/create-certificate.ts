import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Extension with the names of the machine the tests run on. */
export const CERTIFICATE_NAMES = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];

/** Makes `cert.pem`, self-signed and usable as its own authority, and `key.pem` in a folder. */
export function createCertificate(directory: string): void {
  execFileSync(
    'openssl',
    // prettier-ignore
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '3650',
      '-subj',
      '/CN=localhost',
      ...CERTIFICATE_NAMES,
      '-keyout',
      join(directory, 'key.pem'),
      '-out',
      join(directory, 'cert.pem'),
    ],
    { stdio: 'ignore' },
  );
}
