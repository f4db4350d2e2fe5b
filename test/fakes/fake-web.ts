import { fail, ok } from '../../src/shared/outcome';
import type { Dns, SrvRecord } from '../../src/sync/ports/dns';
import type { Greeter } from '../../src/sync/ports/greeter';
import type { Http, HttpAnswer, HttpQuestion } from '../../src/sync/ports/http';

export interface FakeWeb {
  readonly http: Http;
  readonly dns: Dns;
  readonly greeter: Greeter;
  /** What was asked of whom: addresses of the web, `srv` and `mx` names, `greet host:port`. */
  readonly asked: string[];
  readonly questions: HttpQuestion[];
}

interface FakeAnswers {
  /** By address; a string is a 200 with that body, 'silent' never answers. */
  readonly pages?: Readonly<Record<string, string | Partial<HttpAnswer> | 'silent'>>;
  readonly srv?: Readonly<Record<string, readonly SrvRecord[]>>;
  readonly mx?: Readonly<Record<string, readonly string[]>>;
  readonly greetings?: Readonly<Record<string, string>>;
}

/** The web, the name system and mail servers as a table; whatever is not in it is not there. */
export function createFakeWeb({ pages = {}, srv = {}, mx = {}, greetings = {} }: FakeAnswers): FakeWeb {
  const asked: string[] = [];
  const questions: HttpQuestion[] = [];
  return {
    asked,
    questions,
    http: {
      post: () => Promise.resolve(fail({ kind: 'refused', message: 'nobody' })),
      ask: (question) => {
        asked.push(question.url);
        questions.push(question);
        const page = pages[question.url];
        if (page === 'silent') return new Promise(() => {});
        if (page === undefined) return Promise.resolve(fail({ kind: 'refused', message: 'nobody' }));
        const answer = typeof page === 'string' ? { body: page } : page;
        return Promise.resolve(ok({ status: 200, location: null, authenticate: null, body: '', ...answer }));
      },
    },
    dns: {
      srv: (name) => {
        asked.push(`srv ${name}`);
        return Promise.resolve(srv[name] ?? []);
      },
      mx: (domain) => {
        asked.push(`mx ${domain}`);
        return Promise.resolve(mx[domain] ?? []);
      },
    },
    greeter: {
      greet: ({ host, port }) => {
        asked.push(`greet ${host}:${port}`);
        return Promise.resolve(greetings[`${host}:${port}`] ?? null);
      },
    },
  };
}
