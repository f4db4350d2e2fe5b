import { expect, test } from 'vitest';
import { OneLetter } from './one-letter';

/** Every n-th point, the two ways of filing beginning at different ones; 1 = all of them for both. */
const { SIMULATION_STRIDE = '2' } = process.env;

test.each([
  ['we file the copy', false],
  ['the server files the copy', true],
])(
  'a process killed all along between writing and filing sends at most once, and never nothing without saying so: %s',
  async (_who, serverFiles) => {
    const whole = new OneLetter(0, serverFiles);
    await whole.live();
    expect(whole.open()).toEqual([]);
    expect(whole.submitter.taken).toHaveLength(1);
    const { points } = whole;
    await whole.close();
    expect(points).toBeGreaterThan(20);

    for (let at = serverFiles ? 2 : 1; at <= points; at += Number(SIMULATION_STRIDE)) {
      const letter = new OneLetter(at, serverFiles);
      const where = `killed at point ${at} of ${points}`;
      try {
        await letter.live();
        const open = letter.open();
        expect(letter.submitter.taken.length, where).toBeLessThanOrEqual(1);
        // Not sent: then somebody is asked, and the text is there to be sent again.
        if (letter.submitter.taken.length === 0)
          expect(open, where).toMatchObject([{ state: 'unknown', observed: expect.any(String) }]);
        if (open.length > 0) await letter.answer();
        expect(letter.open(), where).toEqual([]);
        expect(letter.submitter.taken.length, where).toBe(1);
        expect(letter.view('Sent'), where).toEqual({ upstream: 1, here: 1 });
        expect(letter.view('Drafts'), where).toEqual({ upstream: 0, here: 0 });
        expect(letter.broken(), where).toEqual([]);
      } finally {
        await letter.close();
      }
    }
  },
  600_000,
);
