import { toColumns } from '../../shared/columns';
import { observeLines } from '../connectors/imap/header-lines';
import { makeSnippet } from '../mime/make-snippet';
import { bodyFacts } from '../mime/observe-source';
import { parseMessage } from '../mime/parse-message';
import { decodeTransfer } from '../mime/transfer-decoding';
import type { HeaderLines, JobGiven, JobMade, JobName, PackedTexts, ReadHeaders } from '../ports/workbench';
import { copyLog } from '../store/copy-log';
import { packBlob, packBody, packText } from '../store/pack-body';
import { packMessage } from '../store/pack-message';

type Doers = { readonly [N in JobName]: (given: JobGiven<N>) => JobMade<N> };

const DOERS: Doers = {
  message: ({ source }) => packBody(bodyFacts(parseMessage(source), source)),
  texts: ({ parts }) => packTexts(parts),
  blob: ({ content, encoding }) => packBlob(encoding === null ? content : decodeTransfer(content, encoding)),
  headers: (lines) => readHeaders(lines),
  'copy-log': ({ path }) => {
    copyLog(path);
    return null;
  },
};

/** Does one job of a Workbench in this thread. Never throws for what a stranger wrote. */
export function doJob<N extends JobName>(name: N, given: JobGiven<N>): JobMade<N> {
  return DOERS[name](given);
}

function readHeaders(lines: HeaderLines): ReadHeaders {
  const { messages, broken } = observeLines(lines);
  return { messages: toColumns(messages.map(packMessage)), broken };
}

/** The first text of each kind; all of them came as messages of their own. */
function packTexts(parts: readonly Uint8Array[]): PackedTexts {
  const parsed = parts.map((part) => parseMessage(part));
  const text = parsed.find((message) => message.text !== null)?.text ?? null;
  const html = parsed.find((message) => message.html !== null)?.html ?? null;
  return {
    text: packText(text),
    html: packText(html),
    snippet: makeSnippet(text, html),
    charset: parsed[0]?.charset ?? null,
  };
}
