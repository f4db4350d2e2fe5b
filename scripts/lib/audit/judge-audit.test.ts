import { expect, test } from 'vitest';
import { judgeAudit } from './judge-audit.mjs';

const TODAY = '2026-11-28';

/** `npm audit --json`, report version 2: one advisory, and a package that is affected through it. */
const REPORT = {
  auditReportVersion: 2,
  vulnerabilities: {
    parser: {
      name: 'parser',
      severity: 'high',
      isDirect: false,
      via: [
        {
          source: 1097682,
          name: 'parser',
          dependency: 'parser',
          title: 'Uncontrolled recursion',
          url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
          severity: 'high',
          cwe: ['CWE-674'],
          cvss: { score: 7.5, vectorString: null },
          range: '<2.0.1',
        },
      ],
      effects: ['mailer'],
      range: '<2.0.1',
      nodes: ['node_modules/parser'],
      fixAvailable: true,
    },
    mailer: {
      name: 'mailer',
      severity: 'high',
      isDirect: true,
      via: ['parser'],
      effects: [],
      range: '>=1.0.0',
      nodes: ['node_modules/mailer'],
      fixAvailable: false,
    },
  },
  metadata: {
    vulnerabilities: { info: 0, low: 0, moderate: 0, high: 2, critical: 0, total: 2 },
    dependencies: { prod: 3, dev: 590, optional: 40, peer: 0, peerOptional: 0, total: 592 },
  },
};
const CLEAN = {
  auditReportVersion: 2,
  vulnerabilities: {},
  metadata: {
    ...REPORT.metadata,
    vulnerabilities: { ...REPORT.metadata.vulnerabilities, high: 0, total: 0 },
  },
};
const EXCEPTION = {
  id: 'GHSA-aaaa-bbbb-cccc',
  package: 'parser',
  reason: 'We never hand it nested input.',
  until: '2027-02-28',
};

test('an answer without findings is clean', () => {
  expect(judgeAudit(CLEAN, [], TODAY)).toEqual({ state: 'clean', lines: [] });
});

test('an advisory is one finding, whoever depends on its package', () => {
  expect(judgeAudit(REPORT, [], TODAY)).toEqual({
    state: 'findings',
    lines: ['high: parser: Uncontrolled recursion (GHSA-aaaa-bbbb-cccc)'],
  });
});

test('an exception holds through its last day and no longer', () => {
  expect(judgeAudit(REPORT, [EXCEPTION], TODAY)).toEqual({
    state: 'clean',
    lines: ['excepted until 2027-02-28: parser (GHSA-aaaa-bbbb-cccc): We never hand it nested input.'],
  });
  expect(judgeAudit(REPORT, [EXCEPTION], '2027-02-28').state).toBe('clean');
  expect(judgeAudit(REPORT, [EXCEPTION], '2027-03-01')).toEqual({
    state: 'findings',
    lines: [
      'high: parser: Uncontrolled recursion (GHSA-aaaa-bbbb-cccc)',
      'the exception for parser (GHSA-aaaa-bbbb-cccc) ended on 2027-02-28: We never hand it nested input.',
    ],
  });
});

test('an exception that has ended fails although nothing is found any more, and although nobody answered', () => {
  const ended = [{ ...EXCEPTION, until: '2026-11-27' }];
  expect(judgeAudit(CLEAN, ended, TODAY).state).toBe('findings');
  expect(judgeAudit(null, ended, TODAY).state).toBe('findings');
});

test('an exception for another package or another hole excuses nothing and is named', () => {
  for (const other of [{ id: 'GHSA-aaaa-bbbb-dddd' }, { package: 'mailer' }]) {
    const { state, lines } = judgeAudit(REPORT, [{ ...EXCEPTION, ...other }], TODAY);
    expect(state).toBe('findings');
    expect(lines).toContainEqual(expect.stringMatching(/^no longer needed: /));
  }
});

test.each([
  ['no reason', [{ ...EXCEPTION, reason: ' ' }]],
  ['no date', [{ id: EXCEPTION.id, package: 'parser', reason: 'why' }]],
  ['a date in words', [{ ...EXCEPTION, until: 'next spring' }]],
  ['a date years away', [{ ...EXCEPTION, until: '2031-01-01' }]],
  ['no entry at all', [null]],
  ['no list', { id: EXCEPTION.id }],
])('exceptions with %s fail', (_what, exceptions) => {
  expect(judgeAudit(CLEAN, exceptions, TODAY)).toMatchObject({
    state: 'findings',
    lines: [expect.any(String)],
  });
});

test.each([
  ['no JSON', null],
  ['an error of the network', { message: 'request failed', error: { summary: '', detail: '' } }],
  ['a refusal', { error: { code: 'ENOAUDIT', summary: 'Your registry does not support audits' } }],
  ['an older form', { advisories: {}, metadata: { vulnerabilities: { total: 0 } } }],
  ['a later form', { ...CLEAN, auditReportVersion: 3 }],
  ['no count', { ...CLEAN, metadata: {} }],
  ['findings that cannot be read', { ...REPORT, vulnerabilities: { mailer: REPORT.vulnerabilities.mailer } }],
  ['a list', []],
])('%s is no answer, and that is never called clean', (_what, report) => {
  expect(judgeAudit(report, [EXCEPTION], TODAY)).toEqual({
    state: 'not-asked',
    lines: [expect.stringMatching(/^not asked: /)],
  });
});

test('an advisory without a GHSA address goes by its number', () => {
  const report = structuredClone(REPORT);
  const [advisory] = report.vulnerabilities.parser.via;
  if (advisory !== undefined) advisory.url = 'https://example.org/1097682';
  expect(judgeAudit(report, [{ ...EXCEPTION, id: '1097682' }], TODAY).state).toBe('clean');
});
