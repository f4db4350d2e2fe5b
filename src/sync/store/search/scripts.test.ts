import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, observe, observed } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { findPage, giveText, indexEverything } from '../../../../test/fakes/searchable-store';

/** Forty sentences, five of each of eight scripts; most hold something a plain tokeniser stumbles over. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  Latin: [
    'Die Straße nach Łódź führt über den Großen Berg.',
    'L’œuvre d’Inès a coûté trente-cinq euros.',
    'İstanbul’da ılık bir akşam geçirdik.',
    'Smørrebrød og ærter til frokost i Ærøskøbing.',
    'Đorđe šalje pozdrav iz Čačka, naïve café.',
  ],
  Cyrillic: [
    'Ёлка стоит в углу комнаты, под ней подарки.',
    'Завтра в девять часов собрание отдела продаж.',
    'Київ і Львів чекають на гостей навесні.',
    'Моля, изпратете договора до петък.',
    'Састанак је померен за следећу недељу.',
  ],
  Greek: [
    'Η Αθήνα είναι όμορφη το φθινόπωρο.',
    'Στείλε μου το τιμολόγιο μέχρι την Παρασκευή.',
    'Ο Ωμέγας γράφει γράμματα στους φίλους.',
    'Πού είναι τα κλειδιά του γραφείου;',
    'Καλημέρα σας, ευχαριστώ για την απάντηση.',
  ],
  Arabic: [
    'مرحبا، أرسلت لك التقرير أمس.',
    'الاجتماع غدًا في الساعة التاسعة صباحًا.',
    'مُحَمَّد يعمل في المكتب الجديد.',
    'شكرًا جزيلاً على المساعدة الكبيرة.',
    'سنلتقي في القاهرة يوم الخميس.',
  ],
  Japanese: [
    '富士山は日本で一番高い山です。',
    '東京タワーのチケットを三枚予約しました。',
    '明日の会議は午後二時からに変更されました。',
    '請求書はＰＤＦで送ってください。',
    'ﾃｽﾄﾒｰﾙを受け取りましたか。',
  ],
  Korean: [
    '내일 회의는 오후 세 시에 시작합니다.',
    '보고서를 첨부 파일로 보내 주세요.',
    '서울역에서 만나기로 했습니다.',
    '주문하신 상품이 오늘 도착할 예정입니다.',
    '가을에는 단풍이 아름답습니다.',
  ],
  Thai: [
    'สวัสดีครับ ผมส่งเอกสารให้แล้ว',
    'การประชุมพรุ่งนี้เริ่มเก้าโมงเช้า',
    'กรุงเทพมหานครเป็นเมืองหลวงของไทย',
    'กรุณาชำระเงินภายในวันศุกร์',
    'น้ำตกสวยมากในหน้าฝน',
  ],
  'Lao, Khmer and Burmese': [
    'ສະບາຍດີ ຂ້ອຍສົ່ງເອກະສານແລ້ວ',
    'ວຽງຈັນເປັນນະຄອນຫຼວງຂອງລາວ',
    'សួស្តី ខ្ញុំបានផ្ញើឯកសារហើយ',
    'ភ្នំពេញជារាជធានីនៃកម្ពុជា',
    'မင်္ဂလာပါ စာရွက်စာတမ်းပို့ပြီးပါပြီ',
  ],
};
const ALL = Object.entries(SENTENCES).flatMap(([script, sentences]) =>
  sentences.map((sentence, at) => [`${script} ${at + 1}`, sentence] as const),
);
const FULL_WIDTH_APART = /[\uff21-\uff5a]+|(?:(?![\uff21-\uff5a])[\p{L}\p{M}])+/gu;
const WITHOUT_SPACES = /Japanese|Korean|Thai|Lao/;

let opened: TestStore;
const idOf = new Map<string, number>();
beforeAll(() => {
  opened = openTestStore();
  const { inbox } = addAccount(opened.store);
  const { added } = observe(opened.store, inbox, {
    insert: ALL.map(([name], at) => observed(at + 1, { headers: { subject: name } })),
  });
  for (const [at, [, sentence]] of ALL.entries()) {
    const id = added[at];
    if (id === undefined) throw new Error('a message was not stored');
    giveText(opened.store, id, sentence);
    idOf.set(sentence, id);
  }
  indexEverything(opened.store);
});
afterAll(() => opened.remove());

function finds(query: string): number[] {
  return findPage(opened.store, `body:"${query}"`, 0).rows.map(({ messageId }) => messageId);
}

test('the set is what the requirement asks for', () => {
  expect(ALL).toHaveLength(40);
  expect(Object.keys(SENTENCES)).toHaveLength(8);
});

test.each(ALL)(
  'SYNC-365 %s: every word, or any two characters that touch, find the sentence',
  (name, sentence) => {
    const id = idOf.get(sentence);
    // Full-width letters stand among those without spaces, and are words all the same.
    const words = sentence.match(WITHOUT_SPACES.test(name) ? FULL_WIDTH_APART : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
    const queries = WITHOUT_SPACES.test(name)
      ? words.flatMap((word) => {
          const characters = [...word];
          // A mark by itself is no character, pairs begin with a letter; and Latin words among them are words.
          if (/^[\uff21-\uff5a]/.test(word)) return [word];
          return characters.flatMap((first, at) =>
            /\p{M}/u.test(first) ? [] : [`${first}${characters[at + 1] ?? ''}`],
          );
        })
      : words;
    expect(queries.length).toBeGreaterThan(3);
    for (const query of queries) expect(finds(query), query).toContain(id);
  },
);

test('SYNC-364 the same words are found however they are written', () => {
  const pairs = [
    ['strasse', 'Straße'],
    ['lodz', 'Łódź'],
    ['oeuvre', 'œuvre'],
    ['ILIK', 'ılık'],
    ['aeroskobing', 'Ærøskøbing'],
    ['dorde', 'Đorđe'],
    ['елка', 'Ёлка'],
    ['αθηνα', 'Αθήνα'],
    ['محمد', 'مُحَمَّد'],
    ['テストメール', 'ﾃｽﾄﾒｰﾙ'],
    ['pdf', 'ＰＤＦ'],
    ["l'oeuvre", 'L’œuvre'],
  ] as const;
  for (const [query, written] of pairs) {
    const sentence = ALL.find(([, text]) => text.includes(written))?.[1] ?? '';
    expect(finds(query), query).toContain(idOf.get(sentence));
  }
});

test('a mixed run of scripts is found by either of its parts', () => {
  const sentence = ALL.find(([, text]) => text.includes('ＰＤＦで'))?.[1] ?? '';
  expect(finds('pdf')).toContain(idOf.get(sentence));
  expect(finds('で送')).toContain(idOf.get(sentence));
});
