import { DRAFT, FLAGGED, type MailboxRole, type Person, SEEN } from '../../../shared/domain';
import { newsletterBody, newsletterHeaders, OWNER } from './generate-message';
import { NEWSLETTERS, PEOPLE } from './phrases';
import { SeededRandom } from './seeded-random';
import { pdfPage, pngGradient } from './tiny-files';
import { attachment, multi, type Part, plainText, textLeaf, writeMessage } from './write-message';

export interface Showpiece {
  readonly role: MailboxRole;
  readonly raw: Buffer;
  readonly keywords: readonly string[];
  readonly date: number;
}

const HOUR = 3_600_000;
const CONVERSATION = [
  'Who is in for a cabin weekend in January? I found a place with a sauna and room for eight.',
  'Count me in! Is there snow for certain?',
  'There was last year. I can bring the big sledge.',
  'I am in as well, but I can only arrive on Saturday morning.',
  'No problem, the train stops in the village at ten. Someone can pick you up.',
  'What does it cost for each of us?',
  'About ninety for the whole weekend, firewood included.',
  'That is fair. Shall I cook on Saturday? I was thinking of a big pot of chili.',
  'Yes please! I will do breakfast on both days.',
  'I booked the cabin for the 16th. The deposit is paid, we can settle later.',
  'Wonderful, thank you for organising it. I will collect the money.',
  'Here is the packing list: warm socks, a headlamp, board games, and good mood.',
];
const LETTER = `Dear Alex,

You asked how the first year on the island went, and a postcard is too small for the answer, so here is a letter.

We arrived in March, in rain that came from the side. The house had been empty for two winters, and the first thing we did was to light the stove and listen to the walls dry. For three weeks we lived in one room and were happy about every evening without a leak.

In May the neighbours began to talk to us. It started with a bucket of potatoes on the steps and a note without a name. We put a cake in the same bucket and left it on the wall, and the next day the bucket was back with eggs in it. By June we knew everybody, and everybody knew what we had paid for the roof.

The summer was short and loud with birds. I learned to repair a pump, to read the tide table and to wait for parts that come with the Thursday boat. Tom built a bench that looks west. When you visit, and you must, you will sit on it at ten in the evening and read a newspaper without a lamp.

Now it is November, the boat comes when it can, and the shop closes at three. It is quieter than any place I have known, and not once have I been bored.

Write soon, and tell me about the new job.

Yours,
Emma

-- 
Emma Lindqvist
Old Schoolhouse, Westray`;

/** The messages people see first: one of each kind the reader has to show well. Newest first. */
export function showpieces(nowMs: number): Showpiece[] {
  const at = (hours: number) => nowMs - Math.round(hours * HOUR);
  const one = (
    id: string,
    from: Person,
    subject: string,
    hours: number,
    body: Part,
    extra: readonly string[] = [],
  ) =>
    writeMessage(
      {
        from,
        to: [OWNER],
        subject,
        date: at(hours),
        zone: 60,
        messageId: `${id}@sample.homeport.example`,
        extra,
      },
      body,
    );
  const loaf = NEWSLETTERS[0];
  if (!loaf) throw new Error('the sample has no newsletter');
  const inbox = (raw: Buffer, hours: number, keywords: readonly string[] = []): Showpiece => ({
    role: 'inbox',
    raw,
    keywords,
    date: at(hours),
  });

  return [
    inbox(one('invitation', person(1), 'Invitation: Planning for spring', 0.4, invitation(at(-44))), 0.4),
    inbox(
      one(
        'newsletter',
        { name: loaf.name, address: loaf.address },
        'Sourdough in a cold kitchen',
        1.2,
        newsletterBody(new SeededRandom(1), loaf, 0),
        newsletterHeaders(loaf, 0),
      ),
      1.2,
    ),
    ...conversation(nowMs),
    inbox(one('files', person(12), 'Drawings and photos for the workshop', 3.1, files()), 3.1, [FLAGGED]),
    inbox(one('japanese', person(6), '来週の打ち合わせについて', 5.5, plainText(JAPANESE)), 5.5),
    inbox(
      one(
        'arabic',
        person(5),
        'دعوة لحضور المعرض',
        7.3,
        multi(
          'alternative',
          plainText(ARABIC),
          textLeaf(
            'text/html',
            `<div dir="rtl" lang="ar"><p>${ARABIC.replaceAll('\n\n', '</p><p>')}</p></div>`,
          ),
        ),
      ),
      7.3,
      [SEEN],
    ),
    inbox(one('letter', person(4), 'A letter from the island', 20, plainText(LETTER)), 20, [SEEN, FLAGGED]),
    draft(
      'draft-one',
      person(2),
      'Logo for the harbour festival',
      'Dear Chiara,\n\nthank you for the three sketches. The second one is ',
      at(2),
    ),
    draft(
      'draft-two',
      person(9),
      'Shelf for the hallway',
      'Hello Jonas,\n\ncould you make the shelf ten centimetres wider? ',
      at(30),
    ),
  ];
}

function person(number: number): Person {
  return PEOPLE[number] ?? OWNER;
}

function conversation(nowMs: number): Showpiece[] {
  const friends = [person(3), person(10), person(11), person(13)];
  const id = (at: number) => `cabin-${at}@sample.homeport.example`;
  return CONVERSATION.map((text, at) => {
    const fromOwner = at % 4 === 2;
    const from = fromOwner ? OWNER : (friends[at % friends.length] ?? OWNER);
    const date = nowMs - Math.round((2 + (CONVERSATION.length - at) * 3.5) * HOUR);
    const before = CONVERSATION.slice(Math.max(0, at - 2), at).reverse();
    const quoted = before.map((line, depth) => `${'> '.repeat(depth + 1)}${line}`).join('\n');
    const body = `${text}\n\n${from.name.split(' ')[0]}${at > 0 ? `\n\nOn Tuesday, ${friends[(at - 1) % 4]?.name} wrote:\n${quoted}` : ''}`;
    const raw = writeMessage(
      {
        from,
        to: fromOwner ? friends : [OWNER, ...friends.filter((friend) => friend !== from)],
        subject: `${at > 0 ? 'Re: ' : ''}Cabin weekend in January`,
        date,
        zone: 60,
        messageId: id(at),
        references: Array.from({ length: at }, (_, earlier) => id(earlier)),
      },
      plainText(body),
    );
    const keywords = at < CONVERSATION.length - 2 || fromOwner ? [SEEN] : [];
    return { role: fromOwner ? ('sent' as const) : ('inbox' as const), raw, keywords, date };
  }).reverse();
}

function invitation(startMs: number): Part {
  const start = startMs - (startMs % HOUR);
  const stamp = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Homeport//Sample//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:planning@sample.homeport.example',
    `DTSTAMP:${stamp(start - 48 * HOUR)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + HOUR)}`,
    'SUMMARY:Planning for spring',
    'LOCATION:Lighthouse meeting room',
    `ORGANIZER;CN=${person(1).name}:mailto:${person(1).address}`,
    `ATTENDEE;CN=${OWNER.name};RSVP=TRUE:mailto:${OWNER.address}`,
    'SEQUENCE:0',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const text =
    'Hi Alex,\n\nlet us sit down and agree on what comes first in spring. An hour should be enough.\n\nBen';
  return multi(
    'alternative',
    plainText(text),
    textLeaf('text/calendar; method=REQUEST', `${lines.join('\n')}\n`),
  );
}

function files(): Part {
  const text =
    'Hi Alex,\n\nattached are the drawing as a PDF, a photo of the hall and the list of tools we still need.\n\nMaya';
  return multi(
    'mixed',
    plainText(text),
    attachment(
      'Workshop drawing.pdf',
      'application/pdf',
      pdfPage(['Workshop', 'Bench along the north wall, 4.20 m', 'Scale 1:50']),
    ),
    attachment('Hall.png', 'image/png', pngGradient(640, 400, 0x264653, 0xf4a261)),
    attachment(
      'Tools.csv',
      'text/csv; charset=utf-8',
      Buffer.from('Tool,Count\r\nClamp,8\r\nChisel,4\r\nHand saw,2\r\n'),
    ),
  );
}

function draft(id: string, to: Person, subject: string, text: string, date: number): Showpiece {
  const raw = writeMessage(
    { from: OWNER, to: [to], subject, date, zone: 60, messageId: `${id}@sample.homeport.example` },
    plainText(text),
  );
  return { role: 'drafts', raw, keywords: [DRAFT, SEEN], date };
}

const JAPANESE = `モーガン様

お世話になっております。ライトハウスの中村です。

来週の打ち合わせですが、水曜日の午後二時からでいかがでしょうか。場所は当社の会議室を予定しております。資料は前日までにお送りいたします。

ご都合をお知らせいただけますと幸いです。どうぞよろしくお願いいたします。

中村 グレース`;
const ARABIC = `عزيزي أليكس،

يسعدني أن أدعوك لحضور افتتاح معرض الصور يوم الجمعة القادم في الساعة السابعة مساء.

ستجد في المعرض صورا من رحلتنا إلى الساحل، وسيكون هناك شاي وحلويات للجميع.

مع أطيب التحيات،
فريد`;
