import { getDomain, parse } from 'tldts';
import { judgeLink, type LinkConcern } from '../../shared/links';
import { drawnName } from '../../shared/shown-name';

export type TextConcern = 'other-domain' | 'poses-as-file';

/** Reasons to ask that come from why the link is followed, not from the link. */
export type PurposeConcern = 'tells-sender';

/** A link of a message as the reader treats it (APP-085): `host` as people read it. */
export type LinkCheck =
  | { readonly kind: 'refuse' }
  | {
      readonly kind: 'open' | 'confirm';
      readonly url: string;
      readonly host: string;
      readonly concerns: readonly (LinkConcern | TextConcern | PurposeConcern)[];
    };

/** Endings that make the text of a link look like a file. */
const FILE_NAME =
  /(?:^|[\s/])[^\s/]+\.(pdf|docx?|xlsx?|pptx?|zip|rar|7z|csv|rtf|odt|ods|jpe?g|png|eml)(?:\s*\([^)]*\))?$/i;

/** Judges a link by its address and by what its visible text promises. */
export function checkLink(href: string, text: string): LinkCheck {
  const verdict = judgeLink(href);
  if (verdict.kind === 'refuse') return verdict;
  const concerns: (LinkConcern | TextConcern)[] = verdict.kind === 'confirm' ? [...verdict.concerns] : [];
  if (verdict.host !== '') {
    const read = asRead(text);
    if (namesOtherDomain(read, verdict.url)) concerns.push('other-domain');
    else if (posesAsFile(read, verdict.url)) concerns.push('poses-as-file');
  }
  return { kind: concerns.length > 0 ? 'confirm' : 'open', url: verdict.url, host: verdict.host, concerns };
}

/** True when the text contains the name of a site that does not belong to the same owner as the address. */
function namesOtherDomain(text: string, url: string): boolean {
  const owner = getDomain(url, { allowPrivateDomains: true });
  return namesIn(text).some((name) => getDomain(name, { allowPrivateDomains: true }) !== owner);
}

/** Without invisible characters, in plain letters and with plain dots: as an eye or a browser takes it. */
function asRead(text: string): string {
  return drawnName(text).normalize('NFKC').replace(/[。｡]/g, '.');
}

/** Host names in a text: words with a dot whose last part is a top-level domain people register under. */
function namesIn(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu) ?? [];
  return words.filter((word) => {
    const { isIcann, domain, isIp } = parse(word);
    return domain !== null && isIcann === true && !isIp && !FILE_NAME.test(word);
  });
}

function posesAsFile(text: string, url: string): boolean {
  const ending = FILE_NAME.exec(text.trim())?.[1]?.toLowerCase();
  return ending !== undefined && !new URL(url).pathname.toLowerCase().endsWith(`.${ending}`);
}
