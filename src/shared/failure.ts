import type { AccountId } from './domain';

/**
 * Every expected way something can go wrong, in one vocabulary for connectors, engine, contract and command line.
 * docs/failures.md explains each kind to people; a test compares the two lists.
 */
export const FAILURE_KINDS = [
  'offline',
  'dns',
  'refused',
  'tls',
  'auth',
  'not-a-mail-server',
  'throttled',
  'rejected',
  'conflict',
  'unknown-outcome',
  'protocol',
  'limit',
  'invalid',
  'usage',
  'not-found',
  'cancelled',
  'internal',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Why a login did not succeed (SYNC-002). */
export type AuthReason =
  | 'wrong-password'
  | 'needs-oauth'
  | 'needs-app-password'
  | 'blocked-by-admin'
  | 'expired';

/** What a person needs to decide about a certificate (APP-008, SYNC-010). */
export interface CertificateFacts {
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the DER bytes, upper-case hex pairs joined by ':'. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601 UTC. */
  readonly validFrom: string;
  readonly validTo: string;
}

interface Base {
  /** One plain sentence for a person; no protocol words, no secrets. */
  readonly message: string;
  /** What the server said, verbatim but bounded (500 characters, control characters stripped). */
  readonly serverText?: string | undefined;
  /** What to do next, one plain sentence. */
  readonly hint?: string | undefined;
}

export type Failure =
  | (Base & {
      readonly kind: 'offline';
      readonly retryAfterMs?: number | undefined;
      /** The link is up: the server says that it cannot do just this now. */
      readonly answered?: true | undefined;
      /** Nothing came until the deadline (SYNC-125): a dead link, far more often than anything about what was asked. */
      readonly silent?: true | undefined;
    })
  | (Base & {
      readonly kind: 'throttled';
      readonly retryAfterMs?: number | undefined;
      /** What is used up: 'download' = what may be downloaded in some time (SYNC-063), 'connections' at once (SYNC-123). */
      readonly bound?: 'download' | 'connections' | undefined;
    })
  | (Base & { readonly kind: 'dns' | 'refused' | 'not-a-mail-server' })
  | (Base & { readonly kind: 'tls'; readonly certificate?: CertificateFacts | undefined })
  | (Base & { readonly kind: 'auth'; readonly reason: AuthReason })
  | (Base & { readonly kind: 'rejected'; readonly code?: string | undefined })
  | (Base & { readonly kind: 'unknown-outcome' })
  | (Base & { readonly kind: 'protocol' | 'limit'; readonly bound?: string | undefined })
  | (Base & {
      readonly kind: 'conflict';
      /** The account that is here already (SYNC-006). */
      readonly accountId?: AccountId | undefined;
    })
  | (Base & { readonly kind: 'invalid' | 'usage' | 'not-found' | 'cancelled' | 'internal' });

/** Kinds after which the same thing may simply be tried again later, without the user. */
/** Whether it concerns one piece of work only, while the link and the account are fine. */
export function isAnswered(failure: Failure): boolean {
  return failure.kind === 'offline' && failure.answered === true;
}

export function isTransient(failure: Failure): boolean {
  switch (failure.kind) {
    case 'offline':
    case 'dns':
    case 'refused':
    case 'throttled':
      return true;
    case 'tls':
    case 'auth':
    case 'not-a-mail-server':
    case 'rejected':
    case 'conflict':
    case 'unknown-outcome':
    case 'protocol':
    case 'limit':
    case 'invalid':
    case 'usage':
    case 'not-found':
    case 'cancelled':
    case 'internal':
      return false;
  }
}
