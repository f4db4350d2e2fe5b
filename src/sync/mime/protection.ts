import type { Protection } from '../../shared/domain';
import type { MimePart } from './mime-tree';

const PKCS7 = /^application\/(x-)?pkcs7-mime$/;

/** Whether a message is signed or encrypted, by OpenPGP or S/MIME, in MIME or inside the text (APP-100). */
export function protectionOf(root: MimePart, text: string | null): Protection {
  const shown =
    root.type.value === 'multipart/mixed' && root.children.length > 0 ? [root, ...root.children] : [root];
  let signed = false;
  for (const { type } of shown) {
    if (type.value === 'multipart/encrypted') return 'encrypted';
    if (type.value === 'multipart/signed') signed = true;
    if (PKCS7.test(type.value)) {
      if (type.parameters.get('smime-type')?.toLowerCase() !== 'signed-data') return 'encrypted';
      signed = true;
    }
  }
  const armour = /^-----BEGIN PGP (MESSAGE|SIGNED MESSAGE)-----\s*$/m.exec(text ?? '')?.[1];
  if (armour === 'MESSAGE') return 'encrypted';
  return signed || armour === 'SIGNED MESSAGE' ? 'signed' : 'none';
}

/** The detached signature of a signed message: proof, not an attachment for people. */
export function isSignature(part: MimePart, parent: MimePart | null): boolean {
  return (
    parent?.type.value === 'multipart/signed' &&
    /^application\/(pgp-signature|(x-)?pkcs7-signature)$/.test(part.type.value)
  );
}

/** The first part of an encrypted message (RFC 3156 section 4): it says "Version: 1" to programs. */
export function isEnvelopeNote(part: MimePart, parent: MimePart | null): boolean {
  return parent?.type.value === 'multipart/encrypted' && part.type.value === 'application/pgp-encrypted';
}
