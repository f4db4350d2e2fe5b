/** AUTHENTICATE SCRAM-SHA-256 (RFC 9051 section 6.2.2, RFC 5802) on a connection that is not logged in. */

import { ScramError, type ScramLogin, startScram } from '../link/scram';
import type { ServerStatus } from './response-line';

/** What of the library's connection is used. */
interface Connection {
  exec(command: string, args: readonly unknown[], options: object): Promise<{ next(): void }>;
  write(line: string): void;
}

interface PlusLine {
  readonly attributes?: readonly { readonly value?: unknown }[];
}

/**
 * Rejects with the library's error, marked as a refused login, when the server says no, and with ScramError when it
 * breaks the exchange or cannot prove that it knows the password; then the login counts as failed whatever it says.
 */
export async function runScram(
  connection: Connection,
  login: ScramLogin,
  server: { readonly saslIr: boolean; status(): ServerStatus },
): Promise<void> {
  const exchange = startScram(login);
  const first = encode(exchange.first);
  let step: 'first' | 'challenge' | 'proof' | 'over' = server.saslIr ? 'challenge' : 'first';
  let broken: unknown = null;
  let proven = false;
  const answer = async (text: string): Promise<string> => {
    switch (step) {
      case 'first':
        step = 'challenge';
        return first;
      case 'challenge':
        step = 'proof';
        return encode(await exchange.answer(text));
      case 'proof':
        step = 'over';
        proven = exchange.isProof(text);
        if (proven) return '';
        throw new ScramError('the proof of the server is wrong');
      case 'over':
        throw new ScramError('one question too many');
    }
  };
  try {
    const args = [
      { type: 'ATOM', value: 'SCRAM-SHA-256' },
      ...(server.saslIr ? [{ type: 'ATOM', value: first, sensitive: true }] : []),
    ];
    const reply = await connection.exec('AUTHENTICATE', args, {
      onPlusTag: async (line: PlusLine) => {
        try {
          connection.write(await answer(decode(line)));
        } catch (error) {
          broken ??= error;
          // Cancels the exchange: the server ends the command with BAD (RFC 9051 section 6.2.2).
          connection.write('*');
        }
      },
    });
    reply.next();
  } catch (error) {
    if (broken) throw broken;
    const refused = error instanceof Error && 'responseStatus' in error && !('code' in error);
    if (refused && error.responseStatus !== 'BYE')
      Object.assign(error, {
        authenticationFailed: true,
        serverResponseCode: server.status().code ?? undefined,
      });
    throw error;
  }
  if (broken) throw broken;
  if (!proven) throw new ScramError('the server let us in without a proof');
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

function decode(line: PlusLine): string {
  const value = line.attributes?.[0]?.value;
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
}
