/** Bytes of text a file of authorities may have (the contract's bound of `caPem`). */
const MOST = 200_000;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;

/** The certificates of a file in PEM; null when it holds none or is too large to be such a file. */
export async function readCaFile(file: Pick<File, 'size' | 'text'>): Promise<string | null> {
  if (file.size > MOST) return null;
  const text = await file.text();
  return CERTIFICATE.test(text) ? text : null;
}
