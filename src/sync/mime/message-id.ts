import { toWireAddress } from './wire-address';

/**
 * A Message-ID with angle brackets (SYNC-271, RFC 5322 section 3.6.4): it tells nothing about this computer.
 * @param token 128 random bits or more, as hexadecimal digits: `random.token(16)`
 * @param from the address it is sent from; its domain stands on the right
 */
export function messageIdFor(token: string, from: string): string {
  const address = toWireAddress(from);
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return `<${token}@${/^[a-z0-9.-]+$|^\[[a-f0-9.:]+\]$/.test(domain) && address.includes('@') ? domain : 'mail.invalid'}>`;
}
