import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import type { Arguments } from './command';
import { usage } from './usage';

/** What accounts keep of it (`caPem`). */
const MOST_CHARACTERS = 200_000;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of --ca; null without the flag. A file without any would silently be no help at all. */
export async function readCa(args: Arguments): Promise<Outcome<string | null, FailureView>> {
  const file = args.get('ca');
  if (file === null) return ok(null);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return usage('The file with certificates cannot be read.', 'Check --ca.');
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0 || !found.every(isCertificate))
    return usage('The file of --ca holds no certificates.', 'Give a file in PEM form.');
  if (text.length > MOST_CHARACTERS)
    return usage('The file of --ca is too large.', 'Give only the certificates that this server needs.');
  return ok(text);
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
