import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askWeb } from '../../src/sync/discovery/ask-web';
import { discover } from '../../src/sync/discovery/discover';
import { readXml } from '../../src/sync/discovery/read-xml';
import type { Http, HttpQuestion } from '../../src/sync/ports/http';
import { createSystemHttp } from '../../src/sync/ports/system-http';
import { createFakeClock } from '../fakes/fake-clock';
import { createFakeWeb } from '../fakes/fake-web';

let server: Server;
let origin: string;
const heard: string[] = [];

/** `/size/N`: N bytes; `/hop/N`: N redirects and then a page; `/silent`: nothing, ever; `/trickle`: a body without end. */
beforeEach(async () => {
  heard.length = 0;
  server = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const [, what, count = ''] = (request.url ?? '').split('/');
    if (what === 'size') response.end('x'.repeat(Number(count)));
    else if (what === 'hop' && count !== '0')
      response.writeHead(302, { Location: `/hop/${Number(count) - 1}` }).end();
    else if (what === 'hop') response.end('here');
    else if (what === 'trickle') response.writeHead(200).write('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('SYNC-027 discovery ends in 10 s; its requests wait 5 s, follow 3 redirects and read 256 KB; XML has no DTD or entities; no host gets a credential', async () => {
  const asked: HttpQuestion[] = [];
  const system = createSystemHttp();
  /** The real client; for what never comes it waits a hundredth of the time it is told, which is looked at below. */
  const http: Http = {
    post: system.post,
    ask: (question) => {
      asked.push(question);
      const endless = /\/(silent|trickle)$/.test(question.url);
      return system.ask({ ...question, timeoutMs: question.timeoutMs / (endless ? 100 : 1) });
    },
  };
  const never = new AbortController().signal;
  const ask = async (path: string) => (await askWeb(http, `${origin}${path}`, never))?.body.length ?? null;
  expect(await ask(`/size/${256 * 1024}`)).toBe(256 * 1024);
  expect(await ask(`/size/${256 * 1024 + 1}`)).toBeNull();
  expect(await ask('/hop/3')).toBe('here'.length);
  expect(await ask('/hop/4')).toBeNull();
  expect(await ask('/silent')).toBeNull();
  // A server that goes on and on does not get more time than one that says nothing.
  expect(await ask('/trickle')).toBeNull();
  for (const { timeoutMs, maxBytes } of asked) expect([timeoutMs, maxBytes]).toEqual([5_000, 256 * 1024]);
  expect(heard.join()).not.toMatch(/authorization|cookie/i);

  for (const hostile of [
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<a>&x;</a>',
  ])
    expect(readXml(hostile)).toBeNull();

  // Nobody answers at all: ten seconds, and a guess. What is asked names the domain only.
  const clock = createFakeClock();
  const web = createFakeWeb({});
  const nobody = new Promise<never>(() => {});
  const silent = {
    clock,
    http: { ...web.http, ask: (question: HttpQuestion) => web.http.ask(question).then(() => nobody) },
    dns: { srv: () => nobody, mx: () => nobody },
    greeter: { greet: () => nobody },
  };
  let ended: unknown = null;
  const looking = discover({ email: 'anna@harbour.net', askDatabase: true }, silent).then((found) => {
    ended = found;
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  await settle();
  clock.advance(9_999);
  await settle();
  expect(ended).toBeNull();
  clock.advance(1);
  await settle();
  // One second of grace for JMAP is inside what has passed: nothing is waited for any more.
  expect(ended).toMatchObject({ ok: true, value: { source: 'nothing' } });
  await looking;
  expect(web.questions.length).toBeGreaterThan(3);
  for (const question of web.questions) {
    expect(JSON.stringify(question)).not.toContain('anna');
    expect(Object.keys(question.headers)).toEqual(['Accept']);
  }
});
