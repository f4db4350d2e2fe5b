import { expect, test } from 'vitest';
import { extractRequirements } from './requirement-text.mjs';

test('reads the shapes in which the specifications state requirements', () => {
  const text = [
    '- SYNC-002 | OWN | D C | adding an account performs login.',
    '- APP-001 | M | first start shows one field | P: focus is in the field.',
    '- EAS-003 | FIELD | OPTIONS without credentials returns 401.',
    '- CLI-002 `--json`: exactly one document.',
    'A sentence about SYNC-002 is no requirement.',
  ].join('\n');
  expect(extractRequirements(text)).toEqual([
    { id: 'SYNC-002', clause: 'OWN', bed: 'D C', title: 'adding an account performs login.' },
    { id: 'APP-001', tag: 'M', title: 'first start shows one field' },
    { id: 'EAS-003', clause: 'FIELD', title: 'OPTIONS without credentials returns 401.' },
    { id: 'CLI-002', title: '`--json`: exactly one document.' },
  ]);
});

test('numbers of a conformance checklist become DAV ids; numbered lines elsewhere do not', () => {
  const text =
    '1. a step\n\n## 18. Conformance checklist\n\n1. PROPFIND answers 301.\n142. Revoking gives 401.';
  expect(extractRequirements(text).map(({ id }) => id)).toEqual(['DAV-001', 'DAV-142']);
});
