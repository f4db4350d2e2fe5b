/** Sentences and names the sample is made of. Everything is invented. */
export const PEOPLE: readonly { readonly name: string; readonly address: string }[] = [
  ['Anna Kowalska', 'anna.kowalska@northwind.example'],
  ['Ben Carter', 'ben.carter@northwind.example'],
  ['Chiara Rossi', 'chiara@studiorossi.example'],
  ['David Okafor', 'david.okafor@northwind.example'],
  ['Emma Lindqvist', 'emma.lindqvist@example.net'],
  ['Farid Haddad', 'farid.haddad@example.org'],
  ['Grace Nakamura', 'grace@lighthouse.example'],
  ['Henrik Sørensen', 'henrik@fjordbyg.example'],
  ['Inès Moreau', 'ines.moreau@example.org'],
  ['Jonas Weber', 'jonas.weber@weber-holzbau.example'],
  ['Katarzyna Nowak', 'kasia.nowak@example.net'],
  ['Liam O’Connor', 'liam.oconnor@northwind.example'],
  ['Maya Patel', 'maya.patel@lighthouse.example'],
  ['Nils Björk', 'nils.bjork@example.net'],
  ['Olivia Brandt', 'olivia@brandt-press.example'],
  ['Pedro Álvarez', 'pedro.alvarez@example.org'],
  ['Quentin Dubois', 'quentin@example.org'],
  ['Rosa Fernández', 'rosa@clinica-sol.example'],
  ['Samir Aziz', 'samir.aziz@northwind.example'],
  ['Tilda Virtanen', 'tilda.virtanen@example.net'],
].map(([name = '', address = '']) => ({ name, address }));

export const TOPICS: readonly string[] = [
  'Quarterly budget',
  'Kitchen renovation',
  'Release plan for March',
  'Dinner on Saturday',
  'Train tickets to Vienna',
  'Feedback on the draft',
  'New office chairs',
  'Website copy',
  'Team offsite',
  'Invoice for October',
  'Photos from the lake',
  'Parents evening',
  'Bike repair',
  'Interview on Thursday',
  'Translation of the brochure',
  'Garden fence',
  'Choir rehearsal',
  'Slides for the board',
  'Customer visit',
  'Shared calendar',
  'Roof inspection',
  'Book club: next title',
  'Apartment viewing',
  'Data export',
  'Birthday present for Mum',
  'Contract renewal',
  'Running group',
  'Accessibility review',
  'Insurance question',
  'Workshop agenda',
  'Moving day',
  'Printer on the second floor',
  'Holiday rota',
  'Research notes',
  'Recipe you asked for',
];

export const OPENINGS: readonly string[] = [
  'Thanks for getting back to me so quickly.',
  'I had another look at this over the weekend.',
  'Just a short note before I forget.',
  'Hope the week started well for you.',
  'Following up on what we talked about on Tuesday.',
  'Good news first: we are on schedule.',
  'Sorry for the slow reply, last week was busier than planned.',
  'I am sending this to everybody who was in the room.',
];

export const SENTENCES: readonly string[] = [
  'The numbers look better than I expected, apart from travel, which is still too high.',
  'Could you check the second page and tell me whether the wording works for you?',
  'We should decide by Friday, otherwise the supplier cannot hold the price.',
  'I would rather keep it simple and add the second part next month.',
  'The meeting room is booked from ten to half past eleven.',
  'Nobody objected to the new layout, so I went ahead and updated the file.',
  'If Thursday does not suit you, any afternoon next week is fine.',
  'There is one open question about the delivery address.',
  'I attached the latest version; the changes are marked in yellow.',
  'The builders will start on Monday if the weather stays dry.',
  'Please bring your own mug, the cupboard is empty again.',
  'It took a while to find the original receipt, but here it is.',
  'My train arrives at 17:42, so I can be there around six.',
  'Let me know if you need anything else from our side.',
  'The children loved the museum and want to go again.',
  'I spoke to the landlord and he agreed to replace the window.',
  'Two people asked for a vegetarian option, so we need a longer list.',
  'The test run finished without errors for the first time.',
  'We can save a good deal by ordering together with the neighbours.',
  'She suggested moving the deadline by a week, and I think she is right.',
  'Everything is in the shared folder, sorted by date.',
  'I will call them tomorrow morning and ask about the refund.',
  'It would help to have the final list of names by Wednesday noon.',
  'The old contract runs out at the end of December.',
  'He promised to send the drawings, but I have not seen them yet.',
  'Remember that the clocks change this weekend.',
];

export const CLOSINGS: readonly string[] = [
  'Best wishes',
  'Thanks',
  'Kind regards',
  'See you soon',
  'All the best',
  'Cheers',
  'Talk soon',
];

export interface Tongue {
  readonly subjects: readonly string[];
  readonly sentences: readonly string[];
  readonly greeting: string;
  readonly latin1: boolean;
}

export const TONGUES: readonly Tongue[] = [
  {
    greeting: 'Hallo zusammen,',
    latin1: true,
    subjects: ['Rückmeldung zur Prüfung', 'Grüße aus Köln', 'Übergabe der Schlüssel'],
    sentences: [
      'Die Unterlagen für die Prüfung liegen ab morgen im Büro.',
      'Könntest du bitte den Schlüssel bei Frau Müller abholen?',
      'Wir treffen uns um halb acht vor dem Rathaus.',
      'Das Wetter soll am Wochenende schön werden.',
    ],
  },
  {
    greeting: 'Bonjour,',
    latin1: true,
    subjects: ['Réunion déplacée à jeudi', 'Votre réservation à Besançon'],
    sentences: [
      'La réunion est déplacée à jeudi à quatorze heures.',
      'Nous avons bien reçu votre dossier complété.',
      'Merci de vérifier les dates avant la fin de la semaine.',
    ],
  },
  {
    greeting: 'Hola:',
    latin1: true,
    subjects: ['¿Cenamos el sábado?', 'Presupuesto para el año próximo'],
    sentences: [
      'He reservado una mesa para las nueve y media.',
      'El presupuesto incluye la instalación y la garantía.',
      '¿Te viene bien el lunes por la mañana?',
    ],
  },
  {
    greeting: 'Cześć,',
    latin1: false,
    subjects: ['Zdjęcia z wycieczki', 'Spotkanie w środę'],
    sentences: [
      'Wysyłam zdjęcia z wycieczki nad jezioro.',
      'W środę spotykamy się o siedemnastej pod dworcem.',
      'Proszę, sprawdź załącznik i daj znać, czy wszystko się zgadza.',
    ],
  },
  {
    greeting: 'Здравствуйте!',
    latin1: false,
    subjects: ['Отчёт за октябрь', 'Встреча в четверг'],
    sentences: [
      'Отправляю отчёт за октябрь, посмотрите третью страницу.',
      'Встреча перенесена на четверг, на одиннадцать утра.',
      'Спасибо за помощь, всё получилось.',
    ],
  },
  {
    greeting: 'お疲れさまです。',
    latin1: false,
    subjects: ['明日の会議について', '資料をお送りします'],
    sentences: [
      '明日の会議は午後二時からに変更になりました。',
      '資料を添付しましたので、ご確認ください。',
      '来週の出張の予定を教えていただけますか。',
    ],
  },
  {
    greeting: '您好，',
    latin1: false,
    subjects: ['下周会议安排', '合同草稿'],
    sentences: [
      '下周的会议改到星期三下午三点。',
      '合同草稿已经发到共享文件夹，请查看。',
      '如果有问题，请随时联系我。',
    ],
  },
  {
    greeting: 'مرحبا،',
    latin1: false,
    subjects: ['موعد الاجتماع', 'صور الرحلة'],
    sentences: [
      'تم تأجيل الاجتماع إلى يوم الخميس في الساعة العاشرة.',
      'أرسلت لك الصور في المجلد المشترك.',
      'شكرا على مساعدتك.',
    ],
  },
  {
    greeting: 'Hey! 👋',
    latin1: false,
    subjects: ['Weekend plans 🎉', 'We did it 🚀'],
    sentences: [
      'The launch went perfectly 🚀 and nobody had to stay late.',
      'Cake is in the kitchen 🍰, first come first served.',
      'See you at the lake ☀️, bring a towel!',
    ],
  },
];

export interface Newsletter {
  readonly name: string;
  readonly address: string;
  readonly host: string;
  readonly colour: string;
  readonly stories: readonly string[];
}

export const NEWSLETTERS: readonly Newsletter[] = [
  {
    name: 'The Weekly Loaf',
    address: 'hello@weeklyloaf.example',
    host: 'weeklyloaf.example',
    colour: '#8a4b16',
    stories: [
      'Sourdough in a cold kitchen',
      'Why rye needs time',
      'A reader’s oven made of clay',
      'Three ways to use old bread',
    ],
  },
  {
    name: 'Harbour Cinema',
    address: 'news@harbourcinema.example',
    host: 'harbourcinema.example',
    colour: '#1f4e79',
    stories: [
      'Open air season begins',
      'Silent film with live piano',
      'Children’s matinee on Sunday',
      'New seats in hall two',
    ],
  },
  {
    name: 'Trail & Summit',
    address: 'letter@trailsummit.example',
    host: 'trailsummit.example',
    colour: '#2d6a4f',
    stories: [
      'Winter boots put to the test',
      'The quiet side of the valley',
      'Huts that stay open in November',
      'Reading a weather map',
    ],
  },
  {
    name: 'Northwind Engineering',
    address: 'digest@northwind.example',
    host: 'northwind.example',
    colour: '#4a3f8f',
    stories: [
      'Smaller builds, faster tests',
      'What we learned from the outage',
      'Meet the new data team',
      'Open positions',
    ],
  },
];
