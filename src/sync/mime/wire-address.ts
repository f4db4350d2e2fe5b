import { domainToASCII } from 'node:url';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the question is exactly which characters are not ASCII.
const NON_ASCII = /[^\x00-\x7f]/;

/** Whether only a server with SMTPUTF8 can take this address: something is not ASCII left of the @ (RFC 6531). */
export function addressNeedsUtf8(address: string): boolean {
  return NON_ASCII.test(address.slice(0, Math.max(0, address.lastIndexOf('@'))));
}

/**
 * An address as it stands in an envelope (SYNC-274): the domain in its ASCII form, unless the address needs SMTPUTF8
 * anyway. A domain that has no such form stays as it is and is refused by the server with its own words.
 */
export function toWireAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0 || addressNeedsUtf8(address)) return address;
  const domain = address.slice(at + 1);
  return `${address.slice(0, at)}@${NON_ASCII.test(domain) ? domainToASCII(domain) || domain : domain}`;
}

/** Whether text has octets above 127 once it is UTF-8. */
export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}
