import { expect, test } from 'vitest';
import { isLoopback } from '../../shared/loopback';
import { planSite, type SiteRequest } from './site';

const local: SiteRequest = {
  host: '127.0.0.1',
  hasTls: false,
  hasPassword: false,
  publicUrl: null,
  trustedProxies: [],
};

test.each([
  ['the default', {}, null],
  ['another address', { host: '192.0.2.1' }, 'TLS'],
  ['every address', { host: '0.0.0.0' }, 'TLS'],
  ['another address with TLS', { host: '192.0.2.1', hasTls: true }, 'password'],
  ['another address with a password', { host: '192.0.2.1', hasPassword: true }, 'TLS'],
  ['another address with both', { host: '192.0.2.1', hasTls: true, hasPassword: true }, null],
  ['a name that only looks local', { host: '127.evil.example' }, 'TLS'],
  ['a public URL without a password', { publicUrl: 'https://mail.example.org/' }, 'password'],
  ['a public URL without TLS', { publicUrl: 'http://mail.example.org/', hasPassword: true }, 'https'],
  ['a public URL with both', { publicUrl: 'https://mail.example.org/m', hasPassword: true }, null],
  ['a public URL on this computer', { publicUrl: 'http://localhost:8080/m' }, null],
  ['a public URL that is none', { publicUrl: 'mail' }, 'public URL'],
  ['a proxy by name', { trustedProxies: ['proxy.example'] }, 'IP address'],
])('%s is allowed or refused with the reason', (_what, over, reason) => {
  const site = planSite({ ...local, ...over });
  if (reason === null) expect(site.ok).toBe(true);
  else
    expect(site).toMatchObject({
      ok: false,
      failure: { kind: 'usage', message: expect.stringContaining(reason) },
    });
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['127.0.0.1.example', false],
])('%s is this computer: %s', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});
