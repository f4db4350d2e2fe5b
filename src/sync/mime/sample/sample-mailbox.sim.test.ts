import { expect, test } from 'vitest';
import { parseMessage } from '../parse-message';
import { sampleMailbox } from './sample-mailbox';

const NOW = Date.UTC(2026, 10, 21, 9);

test('a sample is deterministic, in order of time, and every message of it reads without a problem', () => {
  const sample = [...sampleMailbox(300, 7, NOW)];
  expect(sample).toHaveLength(300);
  expect([...sampleMailbox(300, 7, NOW)].map(({ raw }) => raw.toString('base64'))).toEqual(
    sample.map(({ raw }) => raw.toString('base64')),
  );
  const times = sample.map(({ receivedAt }) => receivedAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(NOW);
  expect(sample.flatMap(({ raw }) => parseMessage(raw).problems)).toEqual([]);
  expect(new Set(sample.map(({ path }) => path))).toEqual(
    new Set(['Inbox', 'Archive', 'Sent', 'Projects', 'Travel', 'Junk', 'Trash', 'Drafts']),
  );
});
