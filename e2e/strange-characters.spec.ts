import { expect, test } from './fixtures';
import { boxOf, rightOf, stylesOf } from './support/boxes';
import { letter } from './support/letters';
import { grid, messageFrame, reader, waitForMail } from './support/screen';

const encoded = (text: string) =>
  (text.match(/.{1,12}/gsu) ?? [])
    .map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join(' ');
/** Each letter with so many marks above and below that they would reach into the rows beside. */
const piled = (text: string) =>
  [...text].map((letter) => letter + '\u0336\u0310\u0489\u0323'.repeat(8)).join('');
/** What turns text around or is not seen. */
const HIDDEN = /[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Oldest first: the name, how it is shown, and the subject. */
const MAILS = [
  { name: 'Plain Paul', shown: 'Plain Paul', subject: 'Before all others' },
  { name: '👩‍🚀 Ada 🇳🇴', shown: '👩‍🚀 Ada 🇳🇴', subject: '🚢 Ahoy 👨‍👩‍👧‍👦' },
  { name: '山田太郎', shown: '山田太郎', subject: '港の会議について、来週の予定' },
  { name: piled('Zoe'), shown: piled('Zoe').normalize(), subject: piled('Harbour') },
  { name: 'An\u200bna\ufeff Maier', shown: 'Anna Maier', subject: 'Har\u200bbour\u2060 office' },
  { name: 'Eve \u202enoitan', shown: 'Eve noitan', subject: 'Invoice \u202efdp.exe inside' },
  { name: 'Plain Paula', shown: 'Plain Paula', subject: 'After all others' },
] as const;
const TURNED = 5;

test('APP-325 emoji, CJK, piled marks, zero-width and direction characters do no harm in names and subjects, and are spelled out in addresses and names of files', async ({
  app,
  server,
  user,
}) => {
  const now = Date.now();
  for (const [at, { name, subject }] of MAILS.entries()) {
    const address = at === TURNED ? 'eve\u202e@elpmaxe.example' : 'someone@example.org';
    const attachments =
      at === TURNED ? [{ name: 'photo\u202egpj.exe', type: 'application/octet-stream', content: 'MZ' }] : [];
    const date = new Date(now - (MAILS.length - at) * 60_000);
    const from = `${encoded(name)} <${address}>`;
    await server.append(
      user,
      letter({ subject: encoded(subject), text: 'The words of it.', from, attachments, date }),
      { date },
    );
  }
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'After all others');
  const line = (at: number) => grid(page).locator(`[role="row"][data-index="${MAILS.length - 1 - at}"]`);
  const cell = (at: number, nth: number) => line(at).getByRole('gridcell').nth(nth);

  const top = (await boxOf(line(MAILS.length - 1))).y;
  const begin = (await boxOf(cell(0, 2))).x;
  for (const [at, { shown, subject }] of MAILS.entries()) {
    expect(await boxOf(line(at))).toMatchObject({ y: top + (MAILS.length - 1 - at) * 48, height: 48 });
    const name = (await cell(at, 1).innerText()).trim();
    expect(name.normalize()).toBe(shown.normalize());
    expect(name).not.toMatch(HIDDEN);
    expect(((await line(at).getAttribute('aria-label')) ?? '').normalize()).toContain(subject.normalize());
    // Whatever a cell holds begins where all cells begin, and what reaches out of it is cut.
    expect((await boxOf(cell(at, 2))).x).toBe(begin);
    expect(await stylesOf(cell(at, 1).locator('bdi').first(), 'overflow-y')).toEqual(['hidden']);
    expect(await stylesOf(cell(at, 2), 'overflow-y')).toEqual(['hidden']);
    // The subject's turning ends with the subject: the words behind it stand behind it.
    const [subjectEnd, snippet] = [cell(at, 2).locator('bdi').first(), cell(at, 2).locator('bdi').nth(1)];
    expect(rightOf(await boxOf(subjectEnd))).toBeLessThanOrEqual((await boxOf(snippet)).x);
  }

  await line(TURNED).click();
  const head = reader(page).getByRole('heading', { level: 2 });
  await expect(head).toContainText('Invoice');
  await expect(reader(page).getByRole('heading', { level: 3 })).toHaveText('Eve noitan');
  await expect(reader(page).getByText('eve⟨U+202E⟩@elpmaxe.example', { exact: true })).toBeVisible();
  await expect(reader(page).getByText('photo⟨U+202E⟩gpj.exe', { exact: true }).first()).toBeVisible({
    timeout: 15_000,
  });
  expect(rightOf(await boxOf(head))).toBeLessThanOrEqual(
    (await boxOf(reader(page).getByText(/^\d of 7$/))).x + 1,
  );
  expect((await reader(page).getByRole('region', { name: '1 attachment' }).innerText()) ?? '').not.toMatch(
    HIDDEN,
  );
  await expect(messageFrame(page).locator('body')).toHaveCount(0);

  await line(3).click();
  await expect(reader(page).getByRole('heading', { level: 3 })).toBeVisible();
  expect(await stylesOf(head, 'overflow-y')).toEqual(['hidden']);
  if (process.env.HOMEPORT_SCREENSHOTS)
    await page.screenshot({ path: `${process.env.HOMEPORT_SCREENSHOTS}/strange.png` });
});
