import { afterEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { ImapAccountInput } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import type { Ports } from '../ports/ports';
import { accountMethods } from './account-methods';

let engine: TestEngine;
afterEach(() => engine.close());

const settings: ImapAccountInput = {
  email: 'anna@harbour.example',
  name: 'Harbour',
  imap: { host: 'imap.harbour.example', port: 993, security: 'tls', user: 'anna' },
  smtp: null,
  caPem: null,
  auth: 'password',
  secretRef: 'handle',
  pinned: [],
};

/** Methods over the test engine that count the connection tests. */
async function open(verdict: ProbeView['verdict'] = 'ok') {
  engine = await openTestEngine();
  const probed: ImapAccountInput[] = [];
  const ports = { clock: engine.clock, random: createFakeRandom() } as unknown as Ports;
  const methods = accountMethods({
    store: engine.store,
    supervisor: engine.supervisor,
    ports,
    probe: async (tested) => {
      probed.push(tested);
      return { verdict, steps: [] };
    },
  });
  return { methods, probed };
}

test('an account whose test just succeeded is added without a second login', async () => {
  const { methods, probed } = await open();
  await methods['accounts.probe'](settings);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(1);
});

test('other settings, an old test or none: adding tests by itself', async () => {
  const { methods, probed } = await open();
  await methods['accounts.probe'](settings);
  const other = { ...settings, imap: { ...settings.imap, user: 'bert' } };
  expect(await methods['accounts.addImap'](other)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(2);
  await methods['accounts.probe'](settings);
  engine.clock.advance(61_000);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(4);
});

test('a test that failed adds nothing', async () => {
  const { methods, probed } = await open('wrong-password');
  await methods['accounts.probe'](settings);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: false });
  expect(probed).toHaveLength(2);
});
