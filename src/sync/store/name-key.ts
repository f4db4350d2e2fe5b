/** Longer names are cut: real ones fit, and the work stays small. In characters. */
const MAX_NAME = 200;

/** Letters of other alphabets that look like a Latin one, in the case that does; basics of Unicode's confusables. */
const UPPER_TWINS = pairs('АAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX');
const LOWER_TWINS = pairs(
  'аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwкkмmнhтtвbгrпnӏiαaβbεeιiκkνvοoρpυuχxτtηnωwγyσoςoϲcμmıiłiøođd' + '0o1i|ili',
);

/** Names of functions, not of people or firms: everybody has one of these. */
const ANYBODY = new Set(
  (
    'info,mail,email,kontakt,contact,contact us,support,help,helpdesk,service,customer service,customer support,' +
    'kundenservice,team,office,admin,administrator,sales,billing,security,accounts,account,notification,notifications,' +
    'news,newsletter,no reply,noreply,do not reply,donotreply,postmaster,webmaster,mailer daemon,me,unknown'
  )
    .split(',')
    .map(keyOf),
);

const ASCII = /^[ -~]*$/;

/**
 * What makes two display names look alike as one key: case, accents, punctuation, order of words, invisible characters
 * and letters of other alphabets do not count (APP-087). Empty for a name that tells nobody apart: too short, an
 * address, or the name of a function such as "Support".
 */
export function nameKey(name: string): string {
  const plain = name.slice(0, MAX_NAME).normalize('NFKD');
  if (plain === '' || plain.includes('@')) return '';
  const key = keyOf(plain);
  const tooShort = key.length < 3 && ASCII.test(key);
  return tooShort || ANYBODY.has(key) ? '' : key;
}

/** "Anna via Some list", as lists and document services write, without what follows the name. */
export function withoutVia(name: string): string {
  return name.replace(/\s+\(?via\s.*$/iu, '');
}

/** `plain` is in normal form KD: full-width and styled letters are plain ones there, accents stand apart. */
function keyOf(plain: string): string {
  const letters = plain
    // Marks above letters, and what draws nothing.
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, '')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/\P{ASCII}/gu, (letter) => UPPER_TWINS.get(letter) ?? letter)
    .toLowerCase()
    .replaceAll('ß', 'ss');
  const alike = Array.from(letters, (letter) => LOWER_TWINS.get(letter) ?? letter).join('');
  const words =
    alike
      .replaceAll('rn', 'm')
      .replaceAll('vv', 'w')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.sort().join(' ');
}

function pairs(text: string): ReadonlyMap<string, string> {
  const letters = Array.from(text);
  return new Map(letters.flatMap((from, at) => (at % 2 === 0 ? [[from, letters[at + 1] ?? from]] : [])));
}
