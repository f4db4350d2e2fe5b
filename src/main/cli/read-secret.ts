import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import type { Arguments } from './command';
import { usage } from './usage';

/**
 * A password from --NAME-env, --NAME-file, or, on a terminal, a prompt that shows nothing (CLI-003). Never from the
 * arguments themselves: those are visible to every user of the computer.
 */
export async function readSecret(
  args: Arguments,
  name: string,
  question: string,
): Promise<Outcome<string, FailureView>> {
  const variable = args.get(`${name}-env`);
  const file = args.get(`${name}-file`);
  if (variable !== null && file !== null) return usage(`Give --${name}-env or --${name}-file, not both.`, '');
  let secret: string;
  if (variable !== null) {
    const value = process.env[variable];
    if (value === undefined)
      return usage(`The environment variable ${variable} is not set.`, 'Set it for this command.');
    secret = value;
  } else if (file !== null) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return usage('The password file cannot be read.', `Check --${name}-file.`);
    secret = text.replace(/\r?\n$/, '');
  } else if (process.stdin.isTTY) {
    secret = await prompt(question);
  } else {
    return usage('No password was given.', `Use --${name}-env NAME or --${name}-file F.`);
  }
  return secret === ''
    ? usage('The password is empty.', `Check --${name}-env or --${name}-file.`)
    : ok(secret);
}

async function prompt(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
