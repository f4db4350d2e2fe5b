import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedProfile } from './open-profile';

const OWNER_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 100;

/** Opens the profile, giving a command that is just using it a moment to finish. */
export async function waitForProfile(
  open: () => OpenedProfile,
  signal?: AbortSignal,
): Promise<OpenedProfile> {
  const until = performance.now() + OWNER_WITHIN_MS;
  for (;;) {
    const profile = open();
    if (profile.kind !== 'held' || performance.now() > until || signal?.aborted) return profile;
    await sleep(LOOK_EVERY_MS);
  }
}
