/** SCRAM-SHA-256 (RFC 5802, RFC 7677): the password never travels, and the server proves that it knows it too. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** RFC 7677 section 4: fewer rounds make a stolen proof cheap to guess from. */
const LEAST_ROUNDS = 4_096;
/** A server must not be able to keep this computer busy: a million rounds take about half a second. */
const MOST_ROUNDS = 1_000_000;
/** No channel binding. */
const GS2_HEADER = 'n,,';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The server broke the exchange, or could not prove that it knows the password. */
export class ScramError extends Error {}

export interface ScramLogin {
  readonly user: string;
  readonly password: string;
  /** Unpredictable and new for every login; no commas. */
  readonly nonce: string;
}

export interface ScramExchange {
  /** The first message, before the server said anything. */
  readonly first: string;
  /** The answer to the server's challenge. Throws ScramError. */
  answer(challenge: string): Promise<string>;
  /** Whether the server's last word is the proof that it should be. Throws ScramError where it says what is wrong. */
  isProof(last: string): boolean;
}

export function startScram({ user, password, nonce }: ScramLogin): ScramExchange {
  const firstBare = `n=${saslName(user)},r=${nonce}`;
  let expected: Buffer | null = null;
  return {
    first: `${GS2_HEADER}${firstBare}`,
    answer: async (challenge) => {
      const { r: joined = '', s: salt = '', i: count = '' } = fieldsOf(challenge);
      const rounds = /^\d{1,9}$/.test(count) ? Number(count) : 0;
      if (!joined.startsWith(nonce) || joined === nonce) throw new ScramError('the nonce is not ours');
      if (!BASE64.test(salt)) throw new ScramError('there is no salt');
      if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS)
        throw new ScramError('the number of rounds is out of bounds');
      const salted = await promisify(pbkdf2)(
        prepared(password),
        Buffer.from(salt, 'base64'),
        rounds,
        32,
        'sha256',
      );
      const withoutProof = `c=${Buffer.from(GS2_HEADER).toString('base64')},r=${joined}`;
      const signed = `${firstBare},${challenge},${withoutProof}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash('sha256').update(clientKey).digest(), signed);
      const proof = clientKey.map((byte, at) => byte ^ (signature[at] ?? 0));
      expected = hmac(hmac(salted, 'Server Key'), signed);
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    isProof: (last) => {
      const { v: signature = '', e: refusal } = fieldsOf(last);
      if (refusal !== undefined) throw new ScramError(refusal);
      const given = Buffer.from(signature, 'base64');
      return expected !== null && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** `r=…,s=…,i=…`; a value may hold '='. The first of two fields with one name counts. */
function fieldsOf(message: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    message
      .split(',')
      .map((field) => [field.slice(0, 1), field.slice(2)] as const)
      .reverse(),
  );
}

function saslName(user: string): string {
  return prepared(user).replaceAll('=', '=3D').replaceAll(',', '=2C');
}

/** What SASLprep (RFC 4013) does to text that people type: compatibility forms, no soft hyphens, every space the same. */
function prepared(text: string): string {
  return text
    .replace(/[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g, ' ')
    .replaceAll('\u00AD', '')
    .normalize('NFKC');
}
