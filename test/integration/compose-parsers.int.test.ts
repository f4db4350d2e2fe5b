import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';
import { expect, test } from 'vitest';
import type { Person } from '../../src/shared/domain';
import { type ComposeInput, composeMessage } from '../../src/sync/mime/compose-message';
import { flow } from '../../src/sync/mime/flowed-text';
import { readMimeTree } from '../../src/sync/mime/mime-tree';
import { parseMessage } from '../../src/sync/mime/parse-message';
import { HARD_MESSAGES } from '../fixtures/outgoing';

/** What three readers must agree on. */
interface Seen {
  readonly subject: string;
  readonly from: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly date: number;
  readonly messageId: string;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly {
    readonly filename: string;
    readonly mediaType: string;
    readonly contentId: string | null;
    readonly base64: string;
  }[];
}

const lines = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** Readers end a message in a message with its last line, or with the line end after it. */
const file = (mediaType: string, bytes: Uint8Array): string =>
  base64(mediaType === 'message/rfc822' ? Buffer.from(lines(Buffer.from(bytes).toString('latin1'))) : bytes);

/** @param wire format=flowed left as it is on the wire, or joined */
function ours(raw: Uint8Array, wire: boolean): Seen {
  const parsed = parseMessage(raw);
  const { facts } = parsed;
  return {
    ...facts,
    messageId: `<${facts.messageId}>`,
    date: facts.date ?? 0,
    text: lines(wire ? flow(parsed.text ?? '') : (parsed.text ?? '')),
    html: parsed.html === null ? null : lines(parsed.html),
    attachments: parsed.attachments.map(({ filename, mediaType, contentId, content }) => ({
      filename,
      mediaType,
      contentId,
      base64: file(mediaType, content),
    })),
  };
}

async function postal(raw: Uint8Array): Promise<Seen> {
  const parsed = await PostalMime.parse(raw, { rfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
  const people = (list: readonly Address[] | undefined): Person[] =>
    (list ?? []).map(({ name = '', address = '' }) => ({ name, address }));
  return {
    subject: parsed.subject ?? '',
    from: people(parsed.from ? [parsed.from] : []),
    to: people(parsed.to),
    cc: people(parsed.cc),
    replyTo: people(parsed.replyTo),
    date: Date.parse(parsed.date ?? ''),
    messageId: parsed.messageId ?? '',
    text: lines(parsed.text ?? ''),
    html: parsed.html === undefined ? null : lines(parsed.html),
    attachments: parsed.attachments.map((part) => ({
      filename: part.filename ?? '',
      mediaType: part.mimeType,
      contentId: part.contentId?.replace(/^<|>$/g, '') ?? null,
      base64: file(part.mimeType, new Uint8Array(part.content as ArrayBuffer)),
    })),
  };
}

/** Python's email, all messages in one process. */
function python(messages: readonly Uint8Array[]): (Seen & { readonly defects: readonly string[] })[] {
  const input = Buffer.concat(messages.flatMap((raw) => [Buffer.from(`${raw.length}\n`), Buffer.from(raw)]));
  const script = join(import.meta.dirname, '../fixtures/read-message.py');
  const output = execFileSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** As sent: domains in ASCII. */
const sent = (person: Person): Person => ({
  ...person,
  address: person.address.replace('@bücher.example', '@xn--bcher-kva.example'),
});

function written(input: ComposeInput): Omit<Seen, 'attachments' | 'text'> {
  return {
    subject: input.subject,
    from: [input.from],
    to: input.to.map(sent),
    cc: input.cc,
    replyTo: input.replyTo,
    date: input.date,
    messageId: input.messageId,
    html: input.html,
  };
}

test('SYNC-294 three readers find the same in what we send, every line fits, names are there in both ways', async () => {
  const messages = await Promise.all(
    HARD_MESSAGES.map(async ([, input]) => (await composeMessage(input)).transmitted),
  );
  const byPython = python(messages);
  for (const [at, [name, input]] of HARD_MESSAGES.entries()) {
    const raw = messages[at] ?? new Uint8Array();
    const { defects, ...snake } = byPython[at] as (typeof byPython)[number];
    const theirs: Seen = {
      ...snake,
      text: lines(snake.text ?? ''),
      html: snake.html === null ? null : lines(snake.html),
      attachments: snake.attachments.map(({ filename, mediaType, contentId, base64: content }) => ({
        filename,
        mediaType,
        contentId,
        base64: file(mediaType, Buffer.from(content, 'base64')),
      })),
    };
    const seen = ours(raw, true);
    expect(seen, name).toMatchObject(written(input));
    expect(defects, name).toEqual([]);
    expect(theirs, name).toEqual(pick(seen));
    // Python leaves the lines of format=flowed alone, postal-mime joins them.
    expect(await postal(raw), name).toEqual(pick(ours(raw, false)));

    const text = Buffer.from(raw).toString('latin1');
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    const plain = textPartOf(raw);
    expect(plain?.type.parameters.get('format'), name).toBe('flowed');
    // RFC 2231 in the disposition, RFC 2047 in the type for readers that know only that.
    for (const [position, { filename }] of snake.attachments.entries()) {
      const { typeName } = snake.attachments[position] as unknown as { typeName: string };
      expect(typeName, name).toBe(filename);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: names that are not ASCII
    if (input.attachments.some(({ filename }) => /[^\x00-\x7f]/.test(filename))) {
      expect(text).toMatch(/filename\*0\*=utf-8''/);
      expect(text).toMatch(/name="=\?UTF-8\?/);
    }
  }
});

function pick(seen: Seen): Seen {
  const { subject, from, to, cc, replyTo, date, messageId, text, html, attachments } = seen;
  return { subject, from, to, cc, replyTo, date, messageId, text, html, attachments };
}

function textPartOf(raw: Uint8Array) {
  let { root } = readMimeTree(raw);
  while (root.children[0]) root = root.children[0];
  return root;
}
