import { useEffect, useState } from 'react';
import type { MethodOutput } from '../../shared/contract/methods';
import type { AccountId } from '../../shared/domain';
import { call } from '../transport/call';
import { addSample, type Speed, type SpeedSample, speedOf } from './speed';

const EVERY_MS = 1_000;

export interface Watched {
  readonly inspection: MethodOutput<'accounts.inspect'>;
  readonly speed: Speed | null;
}

/** What the account's engine does, asked every second for as long as somebody looks; null until the first answer. */
export function useInspection(accountId: AccountId): Watched | null {
  const [watched, setWatched] = useState<Watched | null>(null);
  useEffect(() => {
    let samples: SpeedSample[] = [];
    let gone = false;
    const look = async () => {
      const outcome = await call('accounts.inspect', { accountId });
      if (gone || !outcome.ok) return;
      const { fetched, bytesIn, bytesOut } = outcome.value.totals;
      samples = addSample(samples, { at: performance.now(), messages: fetched, bytes: bytesIn + bytesOut });
      setWatched({ inspection: outcome.value, speed: speedOf(samples) });
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [accountId]);
  return watched;
}
