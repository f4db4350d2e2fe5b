import { expect, test } from 'vitest';
import { readCaFile } from './read-ca-file';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const file = (text: string) => ({ size: text.length, text: () => Promise.resolve(text) });

test('a file of authorities is taken as it is, with everything around its certificates', async () => {
  expect(await readCaFile(file(`# ours\n${PEM}${PEM}`))).toBe(`# ours\n${PEM}${PEM}`);
});

test('another file is refused: no certificate, a private key, or far too large', async () => {
  expect(await readCaFile(file('hello'))).toBeNull();
  expect(await readCaFile(file('-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----'))).toBeNull();
  expect(await readCaFile(file(PEM + 'x'.repeat(200_000)))).toBeNull();
});
