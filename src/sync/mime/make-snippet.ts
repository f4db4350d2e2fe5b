import { withoutArmour } from './armour';
import { htmlToText } from './html-to-text';
import { foldQuotes } from './quote-folding';

/** SYNC-342. */
export const MAX_SNIPPET = 200;
/** Enough text to find 200 characters of it that are worth showing. */
const LOOKED_AT = 6000;
const GREETING =
  /^(hi|hello|hey|dear|good (morning|afternoon|evening)|hallo|liebe[rs]?|guten (tag|morgen)|sehr geehrte[rs]?|moin|bonjour|salut|cher|chère|hola|buenos días|estimad[oa]s?|ciao|buongiorno|gentile|olá|caro|cara|cześć|dzień dobry|witam|szanown[iyea]+|hej|kära|beste|geachte|ahoj|привет|здравствуйте|добрый день|уважаем[а-я]+)\b.{0,60}$/iu;
const GREETING_END = /[,!.:،،，、]?$/u;

/** The first words of a message worth reading, at most 200 characters on one line; '' when there are none (SYNC-342). */
export function makeSnippet(text: string | null, html: string | null): string {
  const source =
    text !== null && text.trim() !== ''
      ? text.slice(0, LOOKED_AT)
      : htmlToText(html ?? '', { maxLength: LOOKED_AT });
  const own = foldQuotes(withoutArmour(source)).filter(({ kind }) => kind === 'text');
  const lines = own.flatMap((segment) => segment.text.split('\n')).map((line) => line.trim());
  const solid = lines.filter((line) => line !== '' && !/^[-=_*~#\s]{3,}$/.test(line));
  const rest = solid.length > 1 && isGreeting(solid[0] ?? '') ? solid.slice(1) : solid;
  return shorten(
    rest
      .join(' ')
      .replace(/(?:[\s\u200b\u200c\u00ad\ufeff]|\u034f)+/g, ' ')
      .trim(),
  );
}

function isGreeting(line: string): boolean {
  return line.length <= 60 && GREETING.test(line.replace(GREETING_END, '')) && !/[.?] \S/.test(line);
}

function shorten(text: string): string {
  if (text.length <= MAX_SNIPPET) return text;
  const cut = text.slice(0, MAX_SNIPPET - 1);
  const space = cut.lastIndexOf(' ');
  const end = space > MAX_SNIPPET / 2 ? space : cut.length;
  // Never leave half of a surrogate pair.
  return `${cut.slice(0, end).replace(/[\ud800-\udbff]$/, '')}…`;
}
