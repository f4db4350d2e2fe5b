import { expect, type Locator, type Page } from '@playwright/test';
import PostalMime from 'postal-mime';
import { addImapAccount } from '../../test/integration/homeport-process';
import { type FlakyProxy, startFlakyProxy } from '../../test/servers/flaky-proxy';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';
import { type SmtpServer, startSmtp } from '../../test/servers/start-smtp';
import { test as base, type Homeport } from '../fixtures';
import { type Letter, letters } from './letters';
import { openMessage, row, waitForMail } from './screen';

interface SendingFixtures {
  smtp: SmtpServer;
  /** The link to the submission server. */
  smtpCable: FlakyProxy;
}

/** The flows' `test` with a submission server that every account of `startToSend` hands its mail to. */
export const test = base.extend<SendingFixtures>({
  smtp: async ({}, use) => {
    const server = await startSmtp({ plain: true });
    await use(server);
    await server.stop();
  },
  smtpCable: async ({ smtp }, use) => {
    const proxy = await startFlakyProxy(smtp.port);
    await use(proxy);
    await proxy.close();
  },
});

interface Desk {
  readonly app: Homeport;
  readonly server: DovecotServer;
  readonly user: TestUser;
  readonly cable: FlakyProxy;
  readonly smtpCable: { readonly port: number };
}

/** An account that can send, with these letters in its inbox, the first the newest. */
export async function startToSend(
  { app, server, user, cable, smtpCable }: Desk,
  mail: readonly Letter[],
): Promise<void> {
  server.fill(
    user,
    'INBOX',
    letters(mail.length, (at) => mail[at] ?? { subject: 'none' }),
  );
  await addImapAccount(app.profileDir, user, cable.port, [
    ...['--smtp-host', '127.0.0.1', '--smtp-port', String(smtpCable.port), '--smtp-security', 'none'],
  ]);
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, mail[0]?.subject ?? '');
}

export const composer = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Letters being written' });
export const letterText = (page: Page): Locator =>
  composer(page).getByRole('textbox', { name: 'Message', exact: true });
export const outbox = (page: Page): Locator => page.getByRole('list', { name: 'Messages on their way out' });

/** Opens a composer by key and says whom the letter goes to and what it is about. */
export async function begin(page: Page, to: string, subject: string): Promise<void> {
  const first = page.getByRole('grid').getByRole('row').first();
  // The outbox has no grid.
  if ((await first.count()) > 0) await first.focus();
  await page.keyboard.press('c');
  const field = composer(page).getByRole('combobox', { name: 'To', exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type(`${to},`);
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill(subject);
}

/** Chooses an option of the settings by its words, as people do. */
export async function choose(page: Page, setting: string, option: string): Promise<void> {
  await page.getByRole('grid').getByRole('row').first().focus();
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: new RegExp(`${setting}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
  await expect(dialog.getByRole('button', { name: new RegExp(`${option}.*${setting}`) })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** A command of the palette about a letter that is opened for it. */
export async function runOn(page: Page, subject: string, command: string): Promise<void> {
  await openMessage(page, subject);
  await row(page, subject).focus();
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill(command);
  await page.keyboard.press('Enter');
}

/** What the server got as message number `at`, from 0; waits for it. `head` has its header lines unfolded. */
export async function arrival(smtp: SmtpServer, at: number, timeout = 25_000) {
  await expect.poll(() => smtp.received.length, { timeout }).toBeGreaterThan(at);
  const sent = smtp.received[at];
  if (sent === undefined) throw new Error(`no message ${at}`);
  const raw = String(sent.raw);
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return { to: sent.to, raw, head, mail: await PostalMime.parse(sent.raw) };
}

/** Files that do not exist on any disk, as a person drops or pastes them there. */
export async function dropFiles(
  where: Locator,
  files: readonly {
    readonly name: string;
    readonly type: string;
    readonly size?: number;
    /** Its bytes, where they matter. */
    readonly base64?: string;
  }[],
  how: 'drop' | 'paste' = 'drop',
): Promise<void> {
  await where.evaluate(
    (element, { files: wanted, how: gesture }) => {
      const data = new DataTransfer();
      for (const { name, type, size, base64 } of wanted) {
        const bytes = base64 && Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes || 'x'.repeat(size ?? 0)], name, { type }));
      }
      const common = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        gesture === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, ...common })
          : new DragEvent('drop', { dataTransfer: data, ...common }),
      );
    },
    { files, how },
  );
}
