import { expect, test } from 'vitest';
import type { Reply } from '../../shared/contract/bridge';
import { setCallBridge } from '../transport/call';
import { type AccountDraft, connectAccount } from './connect-account';

const draft: AccountDraft = {
  email: 'anna@harbour.example',
  name: 'Harbour',
  server: { host: 'imap.harbour.example', port: 993, security: 'tls', user: 'anna' },
  submission: null,
  password: 'a secret',
  caPem: null,
  pinned: [],
};

/** A host that answers by method and remembers what it was told. */
function host(answers: Record<string, unknown>) {
  const told: { method: string; input: unknown }[] = [];
  setCallBridge({
    call: (method, input): Promise<Reply> => {
      told.push({ method, input });
      return Promise.resolve({ ok: true, value: answers[method] });
    },
  });
  return told;
}

test('the account is added only after its test succeeded', async () => {
  const told = host({
    'vault.put': { secretRef: 'handle' },
    'accounts.probe': { verdict: 'ok', steps: [] },
    'accounts.addImap': { accountId: 4 },
  });
  expect(await connectAccount(draft)).toEqual({ kind: 'added', accountId: 4 });
  expect(told.map(({ method }) => method)).toEqual(['vault.put', 'accounts.probe', 'accounts.addImap']);
});

test('a refused test adds nothing and forgets the password', async () => {
  const probe = { verdict: 'wrong-password', steps: [] };
  const told = host({ 'vault.put': { secretRef: 'handle' }, 'accounts.probe': probe });
  expect(await connectAccount(draft)).toEqual({ kind: 'refused', probe });
  expect(told.map(({ method }) => method)).toEqual(['vault.put', 'accounts.probe', 'vault.forget']);
  expect(told.at(-1)?.input).toEqual({ secretRef: 'handle' });
});

test('a sending line that does not work holds the account up until the person does without it', async () => {
  const bad = { verdict: 'ok', steps: [], submission: { verdict: 'unreachable', steps: [] } };
  const answers = { 'vault.put': { secretRef: 'handle' }, 'accounts.addImap': { accountId: 4 } };
  host({ ...answers, 'accounts.probe': bad });
  const submission = { host: 'smtp.harbour.example', port: 465, security: 'tls', user: null } as const;
  expect(await connectAccount({ ...draft, submission })).toEqual({ kind: 'refused', probe: bad });
  host({ ...answers, 'accounts.probe': { verdict: 'ok', steps: [], submission: null } });
  expect((await connectAccount(draft)).kind).toBe('added');
});

test('the password travels once, to be sealed; everything after that carries the handle', async () => {
  const told = host({
    'vault.put': { secretRef: 'handle' },
    'accounts.probe': { verdict: 'ok', steps: [] },
    'accounts.addImap': { accountId: 4 },
  });
  await connectAccount(draft);
  const carrying = told.filter(({ input }) => JSON.stringify(input).includes(draft.password));
  expect(carrying.map(({ method }) => method)).toEqual(['vault.put']);
});
