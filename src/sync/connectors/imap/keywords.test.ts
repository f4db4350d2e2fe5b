import { expect, test } from 'vitest';
import { keepsFlag, toFlag, toKeywords } from './keywords';

test('system flags become JMAP keywords, others stay, \\Recent is no mark', () => {
  expect(
    toKeywords(['\\Seen', '\\RECENT', '\\flagged', '$Forwarded', 'Holiday', '\\Deleted', '\\X-Odd']),
  ).toEqual(['$deleted', '$flagged', '$forwarded', '$seen', 'holiday']);
  for (const keyword of ['$seen', '$flagged', '$answered', '$draft', '$deleted', '$mdnsent', 'holiday']) {
    expect(toKeywords([toFlag(keyword)])).toEqual([keyword]);
  }
});

test('a message with a thousand flags keeps a bounded number', () => {
  expect(toKeywords(Array.from({ length: 1000 }, (_, at) => `k${at}`))).toHaveLength(100);
});

test('what the mailbox keeps', () => {
  expect(keepsFlag(['\\Seen', '\\*'], 'holiday')).toBe(true);
  expect(keepsFlag(['\\Seen', 'Holiday'], 'holiday')).toBe(true);
  expect(keepsFlag(['\\Seen'], 'holiday')).toBe(false);
  expect(keepsFlag(['\\*'], '\\Flagged')).toBe(false);
  expect(keepsFlag(null, 'holiday')).toBe(true);
});
