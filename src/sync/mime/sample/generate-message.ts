import type { Person } from '../../../shared/domain';
import { FLAGGED, SEEN } from '../../../shared/domain';
import {
  CLOSINGS,
  NEWSLETTERS,
  type Newsletter,
  OPENINGS,
  PEOPLE,
  SENTENCES,
  TONGUES,
  TOPICS,
} from './phrases';
import { SeededRandom } from './seeded-random';
import { pdfPage, pngGradient, zipOf } from './tiny-files';
import {
  attachment,
  htmlText,
  inlineImage,
  type Leaf,
  multi,
  type Part,
  plainText,
  textLeaf,
  writeMessage,
} from './write-message';

export interface GeneratedMessage {
  readonly raw: Buffer;
  /** JMAP keywords. */
  readonly flags: readonly string[];
  /** Milliseconds UTC. */
  readonly date: number;
  readonly from: Person;
}

/** Whose mailbox the sample is. */
export const OWNER: Person = { name: 'Alex Morgan', address: 'alex@homeport.example' };
const STEP_MS = 35 * 60_000;
/** An ordinary time zone for each message. */
const ZONES = [0, 60, 60, 120, -300, -480, 330, 540];
/** Built once: real image and document bytes are dear. */
const PICTURE = pngGradient(48, 32, 0x2d6a4f, 0xe9c46a);
const DOCUMENT = pdfPage(['Northwind', 'Summary of the agreed points', 'Page 1 of 1']);
const ARCHIVE = zipOf('notes.txt', Buffer.from('Notes of the meeting\r\n'));

/**
 * Message `index` of a sample: 0 is the newest, each further one about half an hour older than `newestMs`. Apart from the
 * date, its bytes depend on index and seed only.
 */
export function generateMessage(
  index: number,
  seed: number,
  newestMs: number,
  fromOwner = false,
): GeneratedMessage {
  const random = new SeededRandom(seed, index, 1);
  const date = newestMs - index * STEP_MS - random.below(STEP_MS);
  const ancestors = ancestorsOf(index, seed);
  const root = ancestors[0] ?? index;
  const kind = ancestors.length > 0 ? 'letter' : kindOf(root, seed);
  const newsletter = kind === 'newsletter' ? random.pick(NEWSLETTERS) : null;
  const sender = newsletter ? { name: newsletter.name, address: newsletter.address } : senderOf(index, seed);
  const from = fromOwner ? OWNER : sender;
  const cc = random.chance(0.2) && !newsletter ? [random.pick(PEOPLE)] : [];
  const subject = `${ancestors.length > 0 ? 'Re: ' : ''}${newsletter ? random.pick(newsletter.stories) : subjectOf(root, seed)}`;
  const tongue = TONGUES[tongueOf(root, seed)];
  const quoted = ancestors.length > 0 ? quote(ancestors.at(-1) ?? index, seed) : '';
  const text = `${letter(random, tongue, from.name)}${quoted}`;
  const body: Part = newsletter
    ? newsletterBody(random, newsletter, index)
    : letterBody(random, text, tongue?.latin1 ?? false, index);
  const raw = writeMessage(
    {
      from,
      to: [fromOwner ? sender : OWNER],
      cc,
      subject,
      date,
      zone: random.pick(ZONES),
      messageId: messageIdOf(index, seed),
      references: ancestors.map((ancestor) => messageIdOf(ancestor, seed)),
      extra: newsletter ? newsletterHeaders(newsletter, index) : [],
    },
    body,
  );
  const seen = fromOwner || random.chance(index < 60 ? 0.7 : 0.95);
  return { raw, date, from, flags: [...(random.chance(0.04) ? [FLAGGED] : []), ...(seen ? [SEEN] : [])] };
}

/** Older messages of the same thread, oldest first; at most twelve are named, as in real replies. */
function ancestorsOf(index: number, seed: number): number[] {
  const chain: number[] = [];
  for (let at = parentOf(index, seed); at !== null && chain.length < 12; at = parentOf(at, seed))
    chain.unshift(at);
  return chain;
}

function parentOf(index: number, seed: number): number | null {
  const random = new SeededRandom(seed, index, 2);
  if (!random.chance(0.35)) return null;
  const parent = index + 1 + random.below(40);
  return kindOf(parent, seed) === 'newsletter' && !new SeededRandom(seed, parent, 2).chance(0.35)
    ? null
    : parent;
}

function kindOf(index: number, seed: number): 'newsletter' | 'letter' {
  return new SeededRandom(seed, index, 3).chance(0.25) ? 'newsletter' : 'letter';
}

function tongueOf(root: number, seed: number): number {
  const random = new SeededRandom(seed, root, 4);
  return random.chance(0.22) ? random.below(TONGUES.length) : -1;
}

function subjectOf(root: number, seed: number): string {
  const random = new SeededRandom(seed, root, 5);
  const tongue = TONGUES[tongueOf(root, seed)];
  return tongue ? random.pick(tongue.subjects) : random.pick(TOPICS);
}

function senderOf(index: number, seed: number): Person {
  return new SeededRandom(seed, index, 6).pick(PEOPLE);
}

function messageIdOf(index: number, seed: number): string {
  const random = new SeededRandom(seed, index, 7);
  return `${random.below(0x7fffffff).toString(36)}.${index}.${seed}@sample.homeport.example`;
}

function letter(random: SeededRandom, tongue: (typeof TONGUES)[number] | undefined, signer: string): string {
  const first = signer.split(' ')[0] ?? signer;
  const sentences = tongue?.sentences ?? SENTENCES;
  const paragraphs = Array.from({ length: 1 + random.below(3) }, () =>
    [...new Set(Array.from({ length: 2 + random.below(3) }, () => random.pick(sentences)))].join(' '),
  );
  const greeting = tongue?.greeting ?? random.pick(['Hi Alex,', 'Hello Alex,', 'Dear Alex,', 'Hi,']);
  const opening = tongue ? [] : [random.pick(OPENINGS)];
  return [greeting, ...opening, ...paragraphs, `${tongue ? '' : `${random.pick(CLOSINGS)}\n`}${first}`].join(
    '\n\n',
  );
}

function quote(parent: number, seed: number): string {
  const random = new SeededRandom(seed, parent, 8);
  const lines = [random.pick(OPENINGS), random.pick(SENTENCES), random.pick(SENTENCES)];
  return `\n\nOn Tuesday, ${senderOf(parent, seed).name} wrote:\n${lines.map((line) => `> ${line}`).join('\n')}`;
}

function letterBody(random: SeededRandom, text: string, latin1: boolean, index: number): Part {
  // Not every character of the templates exists in iso-8859-1 (typographic quotes).
  const charset =
    latin1 && random.chance(0.5) && [...text].every((char) => char.charCodeAt(0) < 256) ? 'latin1' : 'utf-8';
  const plain = textLeaf(random.chance(0.1) ? 'text/plain; format=flowed' : 'text/plain', text, charset);
  const shape = random.next();
  if (shape < 0.45) return plain;
  const html = htmlText(`<html><body style="font-family:sans-serif">${paragraphsOf(text)}</body></html>`);
  if (shape < 0.8) return multi('alternative', plain, html);
  if (shape < 0.85) {
    const id = `picture.${index}@sample.homeport.example`;
    const page = htmlText(
      `<html><body>${paragraphsOf(text)}<p><img src="cid:${id}" alt="The view" width="96"></p></body></html>`,
    );
    return multi('alternative', plain, multi('related', page, inlineImage(id, PICTURE)));
  }
  return multi(
    'mixed',
    random.chance(0.5) ? plain : multi('alternative', plain, html),
    fileOf(random, index),
  );
}

function fileOf(random: SeededRandom, index: number): Leaf {
  const [name, type, content] = random.pick<readonly [string, string, () => Buffer]>([
    ['Summary.pdf', 'application/pdf', () => DOCUMENT],
    ['Offer 2026.pdf', 'application/pdf', () => DOCUMENT],
    ['lake.png', 'image/png', () => PICTURE],
    [
      'guests.csv',
      'text/csv; charset=utf-8',
      () =>
        Buffer.from(
          `Name,Seats\r\n${PEOPLE.map((person) => `${person.name},${1 + random.below(4)}`).join('\r\n')}\r\n`,
        ),
    ],
    ['notes.zip', 'application/zip', () => ARCHIVE],
    ['Zdjęcie.png', 'image/png', () => PICTURE],
    ['meeting.ics', 'text/calendar; charset=utf-8; method=PUBLISH', () => Buffer.from(calendarEntry(index))],
  ]);
  return attachment(name, type, content());
}

function calendarEntry(index: number): string {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Homeport//Sample//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:event-${index}@sample.homeport.example`,
    `DTSTAMP:202601${day}T080000Z`,
    `DTSTART:202612${day}T090000Z`,
    `DTEND:202612${day}T100000Z`,
    'SUMMARY:Team meeting',
    'LOCATION:Room 2',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function paragraphsOf(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

/** A newsletter with remote pictures, a tracking pixel and a way out. */
export function newsletterBody(random: SeededRandom, newsletter: Newsletter, index: number): Part {
  const stories = newsletter.stories.map((title) => ({
    title,
    text: `${random.pick(OPENINGS)} ${random.pick(SENTENCES)}`,
  }));
  const site = `https://www.${newsletter.host}`;
  const rows = stories.map(
    ({ title, text }, at) => `<tr><td style="padding:16px 24px">
<img src="https://img.${newsletter.host}/stories/${index}-${at}.jpg" width="552" height="180" alt="${title}">
<h2 style="font-size:20px;color:${newsletter.colour};margin:12px 0 4px">${title}</h2>
<p style="margin:0;line-height:1.5;color:#333333">${text} <a href="${site}/stories/${index}/${at}?utm_source=letter" style="color:${newsletter.colour}">Read more</a></p></td></tr>`,
  );
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${newsletter.name}</title><style>@media (max-width:600px){.page{width:100%!important}}</style></head>
<body style="margin:0;background:#f3f1ee;font-family:Georgia,serif"><table class="page" width="600" align="center" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="background:${newsletter.colour};color:#ffffff;padding:24px;font-size:28px">${newsletter.name}</td></tr>
${rows.join('\n')}
<tr><td style="padding:16px 24px;font-size:12px;color:#777777">You receive this letter because you signed up. <a href="${site}/unsubscribe/${index}">Unsubscribe</a></td></tr>
</table><img src="https://track.${newsletter.host}/open.gif?m=${index}" width="1" height="1" alt=""></body></html>`;
  const text = stories
    .map(({ title, text: story }) => `${title}\n${story}\n${site}/stories/${index}`)
    .join('\n\n');
  return multi('alternative', plainText(text), htmlText(html));
}

export function newsletterHeaders(newsletter: Newsletter, index: number): string[] {
  return [
    `List-Id: ${newsletter.name.replace('&', 'and')} <letter.${newsletter.host}>`,
    `List-Unsubscribe: <https://www.${newsletter.host}/unsubscribe/${index}>,\r\n <mailto:leave-${index}@${newsletter.host}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Precedence: bulk',
  ];
}
