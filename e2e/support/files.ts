import { pdf } from '../../test/fixtures/pdf';
import { letter } from './letters';

/** Files of every kind that is looked at inside the app. */
const INVITATION = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'SUMMARY:Planning for spring',
  'DTSTART;TZID=Asia/Tokyo:20260315T100000',
  'DTEND;TZID=Asia/Tokyo:20260315T113000',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260601T000000Z',
  'LOCATION:Lighthouse meeting room',
  'ORGANIZER;CN=Grace Nakamura:mailto:grace@lighthouse.example',
  'ATTENDEE;CN=Alex Morgan;PARTSTAT=ACCEPTED:mailto:alex@example.org',
  'ATTENDEE;CN=Ben Ade:mailto:ben@example.org',
  'DESCRIPTION:We sit down and agree on what comes first in spring.\\nBring the sketches.',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const CONTACT = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Anna Meer',
  'ORG:Harbour Office;Pilots',
  'TITLE:Pilot',
  'EMAIL;TYPE=work:anna@harbour.example',
  'TEL;TYPE=cell:+49 170 1234567',
  'ADR;TYPE=work:;;Quay 3;Port Town;;12345;Norway',
  'URL:https://harbour.example',
  'BDAY:1984-04-12',
  'NOTE:Speaks three languages.',
  'END:VCARD',
].join('\r\n');

const TABLE = [
  'Berth;Boat;Owner;Length (m);Fee',
  '1;Anna;"Meer; Anna";12,5;240,00',
  '2;Sea Lion;Ben Ade;8,2;180,50',
  '3;"Three ""Sheets""";Chiara Rossi;15,0;310,00',
].join('\r\n');

const INNER = letter({
  subject: 'The letter inside',
  from: 'Chiara Rossi <chiara@studio.example>',
  html: '<h2>Inside</h2><p>This letter came <b>with</b> another one.</p><script>document.title = "ran"</script>',
  attachments: [
    { name: 'inner.csv', type: 'text/csv', content: 'deep,deeper\n1,2' },
    { name: 'deepest.eml', type: 'message/rfc822', content: letter({ subject: 'At the bottom' }) },
  ],
});

export const PREVIEWED = {
  'notes.txt': { type: 'text/plain', content: 'Plain words' },
  'berths.csv': { type: 'text/csv', content: TABLE },
  'letter.eml': { type: 'message/rfc822', content: INNER },
  'planning.ics': { type: 'text/calendar', content: INVITATION },
  'anna.vcf': { type: 'text/vcard', content: CONTACT },
  'drawing.pdf': {
    type: 'application/pdf',
    content: pdf({
      pages: [
        ['Workshop', '', 'Bench along the north wall, 4.20 m', 'Scale 1:50'],
        ['Second page', '', 'The list of tools we still need'],
        ['Third page'],
      ],
      script: "app.alert('ran')",
      link: 'https://elsewhere.example/',
    }),
  },
} as const;

export const files = (given: Readonly<Record<string, { type: string; content: string | Buffer }>>) =>
  Object.entries(given).map(([name, file]) => ({ name, ...file }));
