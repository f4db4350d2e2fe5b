import { expect, test } from 'vitest';
import { ScramError, startScram } from './scram';

/** RFC 7677 section 3. */
const login = { user: 'user', password: 'pencil', nonce: 'rOprNGfwEbeRWgbNEkqO' };
const CHALLENGE = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';

test('the example of RFC 7677', async () => {
  const exchange = startScram(login);
  expect(exchange.first).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  expect(await exchange.answer(CHALLENGE)).toBe(
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  );
  expect(exchange.isProof('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true);
});

test('a server that does not know the password cannot prove it', async () => {
  const exchange = startScram(login);
  // Without the exchange before it nothing is a proof.
  expect(exchange.isProof('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
  await exchange.answer(CHALLENGE);
  expect(exchange.isProof('v=AAriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
  expect(exchange.isProof('')).toBe(false);
  expect(() => exchange.isProof('e=invalid-proof')).toThrow(ScramError);
});

test.each([
  ['no nonce', 's=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
  ['another nonce', 'r=somebody,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
  ['our nonce alone', 'r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
  ['no salt', 'r=rOprNGfwEbeRWgbNEkqOx,i=4096'],
  ['few rounds', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1'],
  ['endless rounds', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999'],
  ['nothing', ''],
])('a challenge with %s is refused', async (_what, challenge) => {
  await expect(startScram(login).answer(challenge)).rejects.toThrow(ScramError);
});

test('names and passwords in any script', () => {
  expect(startScram({ ...login, user: 'a=b,c' }).first).toBe('n,,n=a=3Db=2Cc,r=rOprNGfwEbeRWgbNEkqO');
  expect(startScram({ ...login, user: 'I\u00ADX\u00A0\u2168' }).first).toContain('n=IX IX,');
});
