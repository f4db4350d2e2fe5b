export const PEOPLE = [
  { name: 'Bob Lindqvist', address: 'bob@lindqvist.example' },
  { name: 'Priya Raman', address: 'priya.raman@harbour.example' },
  { name: 'Harbour Authority', address: 'notices@authority.example' },
  { name: 'Dr. Maximilian von und zu Hohenstein-Wittgenstein', address: 'max@hohenstein.example' },
  { name: '', address: 'no-reply@billing.example' },
  { name: 'محمد الأحمد', address: 'mohammed@ahmad.example' },
  { name: '山田 太郎', address: 'taro@yamada.example' },
  { name: 'Zoë Öztürk', address: 'zoe@oeztuerk.example' },
  { name: 'The Weekly Tide', address: 'tide@newsletters.example' },
  { name: 'Émile Dubois', address: 'emile@dubois.example' },
  { name: 'Build Server', address: 'ci@harbour.example' },
  { name: 'Grace Okafor', address: 'grace@okafor.example' },
];

export const SUBJECTS = [
  'Minutes of the berth meeting on Thursday',
  'Invoice 2026-1142 for pilotage',
  'Re: new crane schedule',
  'Your ticket to Gothenburg',
  '',
  'Fwd: photos from the regatta',
  'A very long subject that nobody will ever read to its end because it goes on and on about the many things that were discussed, agreed, postponed and then discussed again',
  'Grüße aus Kiel',
  '次回の会議について',
  'تأكيد الحجز',
  'The weekly tide: currents, charts and a lighthouse',
  'Build #4812 failed',
  'Lunch?',
  'Draft contract, second version',
  'Can you look at this before noon',
  '🎉 Anniversary party',
  'Order confirmation 88-1204',
  'Rückfrage zur Rechnung',
  'Password changed',
  'Quarterly numbers',
];

export const SNIPPETS = [
  'Thanks for the quick answer. I have added the two missing berths to the plan and moved the tug to the morning.',
  'Please find the invoice attached. Payment is due within 30 days.',
  'That works for me. Shall we say ten o’clock at the pier?',
  'Sounds good',
  'Liebe Anna, vielen Dank für die schönen Tage am Wasser. Die Bilder kommen am Wochenende.',
  '先日はありがとうございました。添付の資料をご確認ください。',
  'شكرا لك على رسالتك، سنعود إليك قريبا.',
  'In this issue: how tide tables are made, five charts worth framing, and a visit to the last manned lighthouse.',
  '3 of 1,204 tests failed on main. First failure: moves a message while the folder is renamed.',
  'I had a look at the numbers and they are better than in spring, mostly because of the longer season and the two new lines.',
];

export const LABELS = ['family', 'invoices', 'travel', 'urgent', 'waiting-for-an-answer'];

export const LETTER = [
  'Hello Anna,',
  '',
  'thank you for the plan. I went through it with Priya this morning and we have three small remarks:',
  '',
  '1. Berth 4 is closed on Tuesday because of the divers.',
  '2. The tug should come an hour earlier.',
  '3. Somebody has to tell the authority. I can do that: https://authority.example/forms/berth-change?year=2026',
  '',
  'Otherwise it is exactly what we need.',
  '',
  'Best wishes',
  'Bob',
].join('\n');

export const QUOTE = [
  '> Dear all,',
  '>',
  '> here is the plan for next week. Tell me before Friday if something does not fit.',
  '>',
  '> Anna',
].join('\n');

export const NEWSLETTER = `<!doctype html><html><body style="margin:0;background:#eef3f8;font-family:Georgia,serif">
<table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
<table width="560" style="background:#ffffff;border:1px solid #d5dee8"><tr><td style="padding:32px">
<h1 style="color:#0b3d66;font-size:26px;margin:0 0 12px">The weekly tide</h1>
<img src="https://pictures.newsletters.example/lighthouse.jpg" width="496" height="200" alt="A lighthouse">
<p style="font-size:16px;line-height:1.6;color:#333">How tide tables are made, five charts worth framing, and a visit
to the last manned lighthouse of the north coast. <a href="https://newsletters.example/tide/412">Read on</a></p>
</td></tr></table></td></tr></table></body></html>`;
