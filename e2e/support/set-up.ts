import type { Locator, Page } from '@playwright/test';
import type { TestUser } from '../../test/servers/start-dovecot';

export interface ServerChoice {
  readonly host: string;
  readonly port: number;
  readonly security: 'TLS' | 'None';
}

/** From the empty first page to the form with everything but the password. */
export async function fillServer(
  page: Page,
  user: TestUser,
  { host, port, security }: ServerChoice,
): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /^Change/ }).click();
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill(host);
  if (security !== 'TLS') {
    await page.getByRole('button', { name: /Security/ }).click();
    await page.getByRole('option', { name: new RegExp(`^${security}`) }).click();
  }
  await page.getByRole('textbox', { name: 'Port' }).fill(String(port));
  await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
}

/** What the connection test found, step by step. */
export const report = (page: Page): Locator => page.getByRole('region', { name: 'Connection test' });
