import type { IdentityView } from '../../shared/contract/compose-views';
import { useLiveQuery } from '../transport/use-live-query';

const NONE: readonly IdentityView[] = [];

/** Everyone the user may send as, in the order of their accounts. */
export function useIdentities(): readonly IdentityView[] {
  return useLiveQuery('identities.list', {}, ['identities', 'accounts']).data ?? NONE;
}
