import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeWeb } from '../../../test/fakes/fake-web';
import { discover } from './discover';

const EMAIL = 'anna@harbour.net';
const OWN = 'https://autoconfig.harbour.net/mail/config-v1.1.xml';
const WELL_KNOWN = 'https://harbour.net/.well-known/autoconfig/mail/config-v1.1.xml';
const PLAIN = 'http://autoconfig.harbour.net/mail/config-v1.1.xml';
const DATABASE = 'https://autoconfig.thunderbird.net/v1.1/harbour.net';
const EXCHANGER = 'https://autoconfig.keeper.com/mail/config-v1.1.xml';
const JMAP = 'https://harbour.net/.well-known/jmap';

const file = (host: string, socket = 'SSL') => `<?xml version="1.0"?><clientConfig version="1.1">
  <emailProvider id="x"><domain>harbour.net</domain>
  <incomingServer type="pop3"><hostname>pop.${host}</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>imap.${host}</hostname><port>993</port><socketType>${socket}</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.${host}</hostname><port>587</port><socketType>STARTTLS</socketType>
    <username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>`;
const record = (host: string, port: number) => [{ host, port, priority: 0, weight: 0 }];

const everything = {
  pages: {
    [OWN]: file('own.net'),
    [WELL_KNOWN]: file('known.net'),
    [PLAIN]: file('plain.net'),
    [DATABASE]: file('database.net'),
    [EXCHANGER]: file('exchanger.net'),
  } as Record<string, string>,
  mx: { 'harbour.net': ['mx1.keeper.com'] },
  srv: {
    '_imaps._tcp.harbour.net': record('imap.records.net', 993),
    '_submissions._tcp.harbour.net': record('smtp.records.net', 465),
  },
  greetings: { 'mail.harbour.net:993': '* OK hello', 'smtp.harbour.net:465': '220 hello' },
};

async function find(web: ReturnType<typeof createFakeWeb>, email = EMAIL, askDatabase = true) {
  const found = await discover({ email, askDatabase }, { ...web, clock: createFakeClock() });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

test('SYNC-025 sources are trusted in this order: own domain, shared list, mail exchanger, name system, guess, nothing', async () => {
  const pages = { ...everything.pages };
  const steps = async () => {
    const { source, toldBy, safe, imap } = await find(createFakeWeb({ ...everything, pages }));
    return [source, toldBy, safe, imap.host];
  };
  expect(await steps()).toEqual(['domain', 'autoconfig.harbour.net', true, 'imap.own.net']);
  delete pages[OWN];
  expect(await steps()).toEqual(['domain', 'harbour.net', true, 'imap.known.net']);
  delete pages[WELL_KNOWN];
  expect(await steps()).toEqual(['domain', 'autoconfig.harbour.net', false, 'imap.plain.net']);
  delete pages[PLAIN];
  expect(await steps()).toEqual(['database', 'autoconfig.thunderbird.net', true, 'imap.database.net']);
  delete pages[DATABASE];
  expect(await steps()).toEqual(['mx', 'autoconfig.keeper.com', true, 'imap.exchanger.net']);
  delete pages[EXCHANGER];
  expect(await steps()).toEqual(['dns', 'harbour.net', true, 'imap.records.net']);

  const { greetings } = everything;
  expect(await find(createFakeWeb({ greetings }))).toMatchObject({
    source: 'guess',
    imap: { host: 'mail.harbour.net', port: 993, security: 'tls', user: EMAIL },
    submission: { host: 'smtp.harbour.net', port: 465, security: 'tls', user: null },
  });
  expect(await find(createFakeWeb({}))).toMatchObject({
    source: 'nothing',
    imap: { host: 'imap.harbour.net', port: 993, security: 'tls' },
    submission: null,
  });

  // A provider we know is not asked for, at its own addresses nor at its customers'.
  const gmail = createFakeWeb(everything);
  expect(await find(gmail, 'anna@gmail.com')).toMatchObject({
    source: 'provider',
    imap: { host: 'imap.gmail.com' },
    oauthProvider: 'google',
    appPassword: { provider: 'Google' },
  });
  expect(gmail.asked).toEqual([]);
  const customer = createFakeWeb({ mx: { 'harbour.net': ['harbour-net.mail.protection.outlook.com'] } });
  expect(await find(customer)).toMatchObject({
    source: 'mx',
    imap: { host: 'outlook.office365.com' },
    submission: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
    auth: ['oauth'],
    oauthProvider: 'microsoft',
  });

  // The shared list is asked only with the person's word, and learns the domain only. Nobody learns the address.
  const shy = createFakeWeb(everything);
  await find(shy, EMAIL, false);
  expect(shy.asked.some((name) => name.includes('thunderbird'))).toBe(false);
  const open = createFakeWeb(everything);
  await find(open);
  expect(open.asked).toContain(DATABASE);
  for (const { url, headers, body } of open.questions)
    expect(`${url} ${JSON.stringify(headers)} ${body ?? ''}`).not.toContain('anna');
});

test('what is told without encryption counts only with encrypted servers, and none is ever offered without', async () => {
  const plainOnly = createFakeWeb({ pages: { [PLAIN]: file('plain.net', 'plain') } });
  expect((await find(plainOnly)).source).toBe('nothing');
  const mixed = file('plain.net').replace('STARTTLS', 'plain');
  expect((await find(createFakeWeb({ pages: { [PLAIN]: mixed } }))).source).toBe('nothing');
  expect((await find(createFakeWeb({ pages: { [OWN]: mixed } }))).submission).toBeNull();
  const starttls = createFakeWeb({ pages: { [PLAIN]: file('plain.net', 'STARTTLS') } });
  expect(await find(starttls)).toMatchObject({ safe: false, imap: { security: 'starttls', user: 'anna' } });
});

test('a JMAP server is told beside the rest, from its own record or the well-known place', async () => {
  const moved = 'https://api.harbour.net/jmap/session';
  const web = createFakeWeb({
    pages: {
      [OWN]: file('own.net'),
      [JMAP]: { status: 301, location: moved },
      [moved]: { status: 401, authenticate: 'Basic realm="mail"' },
    },
  });
  expect((await find(web)).jmap).toEqual({ url: moved, toldBy: 'api.harbour.net' });
  const page = createFakeWeb({ pages: { [JMAP]: '<html>Everything is here</html>' } });
  expect((await find(page)).jmap).toBeNull();
});

test('names that lead nowhere by their definition are asked of nobody', async () => {
  for (const domain of ['example.org', 'mail.test', 'no.invalid']) {
    const web = createFakeWeb({});
    expect((await find(web, `a@${domain}`)).source).toBe('nothing');
    expect(web.asked).toEqual([]);
  }
  expect(
    await discover(
      { email: 'nobody', askDatabase: false },
      { ...createFakeWeb({}), clock: createFakeClock() },
    ),
  ).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
});

test('who never answers holds nobody up for longer than ten seconds', async () => {
  const clock = createFakeClock();
  const web = createFakeWeb({
    pages: { [OWN]: 'silent', [JMAP]: 'silent' },
    greetings: everything.greetings,
  });
  let found: unknown = null;
  const looking = discover({ email: EMAIL, askDatabase: false }, { ...web, clock }).then((value) => {
    found = value;
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  await settle();
  clock.advance(9_999);
  await settle();
  expect(found).toBeNull();
  clock.advance(1);
  await looking;
  expect(found).toMatchObject({ ok: true, value: { source: 'guess', imap: { host: 'mail.harbour.net' } } });
  for (const { timeoutMs, maxBytes, method } of web.questions)
    expect([method, timeoutMs, maxBytes]).toEqual(['GET', 5_000, 256 * 1024]);
});
