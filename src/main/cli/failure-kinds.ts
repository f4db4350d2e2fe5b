import type { FailureView } from '../../shared/contract/views';
import type { FailureKind } from '../../shared/failure';

/** The words scripts get (cli.md, "Error kinds"). */
export type CliErrorKind =
  | 'usage'
  | 'not-found'
  | 'offline'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'auth'
  | 'rejected'
  | 'conflict'
  | 'limit'
  | 'invalid'
  | 'internal';

/** Our kinds in cli.md's words; docs/failures.md shows the same table. */
export const CLI_KINDS: Readonly<Record<FailureKind, CliErrorKind>> = {
  offline: 'offline',
  dns: 'dns',
  refused: 'refused',
  tls: 'tls',
  auth: 'auth',
  'not-a-mail-server': 'invalid',
  throttled: 'limit',
  rejected: 'rejected',
  conflict: 'conflict',
  'unknown-outcome': 'internal',
  protocol: 'invalid',
  limit: 'limit',
  invalid: 'invalid',
  usage: 'usage',
  'not-found': 'not-found',
  cancelled: 'internal',
  internal: 'internal',
};

export interface CliError {
  readonly kind: CliErrorKind;
  readonly message: string;
  readonly hint: string;
  /** The account that is here already (SYNC-006). */
  readonly accountId?: string;
}

export function toCliError(failure: FailureView): CliError {
  const server = failure.serverText === undefined ? '' : ` (server: ${failure.serverText})`;
  return {
    kind: CLI_KINDS[failure.kind],
    message: `${failure.message}${server}`,
    hint: hintOf(failure),
    ...(failure.accountId === undefined ? {} : { accountId: String(failure.accountId) }),
  };
}

/** The window shows the certificate and asks; here its fingerprint and the flag that trusts it have to be words. */
function hintOf({ hint = '', certificate }: FailureView): string {
  if (certificate === undefined) return hint;
  return `Its SHA-256 fingerprint is ${certificate.fingerprint}. If that is the right one, give the certificate with --ca FILE.`;
}

/** CLI-002: 0 done, 1 failed, 2 usage, 3 not found, 4 offline. */
export function exitCodeOf(kind: CliErrorKind): number {
  switch (kind) {
    case 'usage':
      return 2;
    case 'not-found':
      return 3;
    case 'offline':
      return 4;
    case 'dns':
    case 'refused':
    case 'tls':
    case 'auth':
    case 'rejected':
    case 'conflict':
    case 'limit':
    case 'invalid':
    case 'internal':
      return 1;
  }
}
