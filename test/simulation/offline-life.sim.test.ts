import { expect, test } from 'vitest';
import { OfflineLife } from './offline-life';

/** Seeds that once failed: run for ever. */
const REGRESSIONS: readonly number[] = [];
const { SIMULATION_LIVES = '25' } = process.env;
const LIVES = Number(SIMULATION_LIVES);
const STEPS = 40;
const seeds = [...REGRESSIONS, ...Array.from({ length: LIVES }, (_, index) => index + 1)];

test.each(seeds)(
  'SYNC-261 SYNC-088 every view equals the server plus what is left of the entries, none of which loses its message, through an offline life (seed %i)',
  async (seed) => {
    const life = new OfflineLife(seed);
    try {
      await life.begin();
      for (let step = 0; step < STEPS; step++) {
        await life.step();
        life.checkReplay();
      }
      await life.end();
      const history = life.log.join('\n');
      expect(life.errors, history).toEqual([]);
      expect(life.pending(), history).toEqual({ waiting: 0, parked: 0 });
      expect(life.localView(), history).toEqual(life.serverView());
      expect([life.doubled(), life.lost()], history).toEqual([[], []]);
    } finally {
      await life.close();
    }
  },
);
