import { expect, test } from 'vitest';
import { baseSubject } from './base-subject';

test.each([
  ['Re: Fwd: [dev] Plan', 'plan', true],
  ['AW: WG: Plan (fwd)', 'plan', true],
  ['回复：计划', '计划', true],
  ['Re[2]: Plan', 'plan', true],
  ['[dev]', '[dev]', false],
  ['Report: ready', 'report: ready', false],
])('base subject of %s', (subject, base, isReply) => {
  expect(baseSubject(subject)).toEqual({ base, reply: isReply });
});
