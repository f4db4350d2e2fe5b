import { expect, test } from 'vitest';
import { attachmentRisk, safeFileName } from './attachment-safety';

test.each([
  ['report.pdf', 'application/pdf', 'none'],
  ['notes.zip', 'application/zip', 'archive'],
  ['setup.EXE', 'application/octet-stream', 'executable'],
  ['setup.exe. ', 'application/octet-stream', 'executable'],
  ['photo', 'application/x-msdownload', 'executable'],
  ['invoice.pdf.exe', 'application/pdf', 'disguised'],
  ['invoice.pdf      .scr', 'application/pdf', 'disguised'],
  ['annex\u202efdp.exe', 'application/pdf', 'disguised'],
  ['budget.xlsm', 'application/octet-stream', 'macro'],
  ['plan.vsdm', 'application/octet-stream', 'macro'],
  // As it will stand in the folder: without what no name may hold.
  ['setup.exe\u0001', 'application/octet-stream', 'executable'],
  ['harmless.terminal', 'application/octet-stream', 'executable'],
])('risk of %s as %s', (name, type, risk) => {
  expect(attachmentRisk(name, type)).toBe(risk);
});

test.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['CON.txt', '_CON.txt'],
  ['a\u202eb\0c.pdf', 'abc.pdf'],
  ['...', 'attachment'],
  ['.profile', 'profile'],
  ['Żaba: 1/2.pdf', 'Żaba_ 1_2.pdf'],
])('%s is saved as %s', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('long names keep their extension', () => {
  const name = safeFileName(`${'漢'.repeat(300)}.pdf`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/漢\.pdf$/);
});
