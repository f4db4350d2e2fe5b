/** What a person needs to decide about a server's certificate, and whether it may be used (SYNC-010, APP-008). */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { PinnedCertificate } from '../../../shared/contract/methods';
import type { CertificateFacts } from '../../../shared/failure';

/** The handshake is done and the certificate is not acceptable; nothing was sent after it. */
export class CertificateRejected extends Error {
  readonly reason: string;
  readonly facts: CertificateFacts;

  constructor(reason: string, facts: CertificateFacts) {
    super(`certificate rejected: ${reason}`);
    this.reason = reason;
    this.facts = facts;
  }
}

/**
 * Judges the certificate of a finished handshake. `authorizationError` is Node's own verdict over chain, dates and
 * name. A pinned certificate replaces that verdict for exactly one host and port, by the fingerprint of the leaf; any
 * other fingerprint there falls back to the normal rules, so a changed certificate asks again.
 * Returns null when it may be used.
 */
export function judgeCertificate(
  socket: Pick<TLSSocket, 'authorized' | 'authorizationError' | 'getPeerCertificate'>,
  host: string,
  port: number,
  pinned: readonly PinnedCertificate[],
): CertificateRejected | null {
  if (socket.authorized) return null;
  const certificate = socket.getPeerCertificate();
  const facts = toCertificateFacts(certificate, host, port);
  const trusted = pinned.some(
    (pin) =>
      pin.host.toLowerCase() === host.toLowerCase() &&
      pin.port === port &&
      facts.fingerprint !== '' &&
      pin.fingerprint === facts.fingerprint,
  );
  return trusted ? null : new CertificateRejected(errorCode(socket.authorizationError), facts);
}

export function toCertificateFacts(
  certificate: PeerCertificate,
  host: string,
  port: number,
): CertificateFacts {
  return {
    host,
    port,
    fingerprint: certificate.fingerprint256 ?? '',
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: isoDate(certificate.valid_from),
    validTo: isoDate(certificate.valid_to),
  };
}

/** Node gives the code as text or as an error, depending on what failed. */
function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error ? String(error) : 'UNKNOWN';
}

function nameOf(subject: PeerCertificate['subject'] | undefined): string {
  const name = subject?.CN ?? subject?.O ?? '';
  return Array.isArray(name) ? name.join(', ') : name;
}

function isoDate(text: string | undefined): string {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
