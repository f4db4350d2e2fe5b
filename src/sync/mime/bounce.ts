/** Reports about a message of ours (RFC 6522): could it be delivered (RFC 3464), was it read (RFC 8098)? (SYNC-279, 291) */
import type { MailReport, ReportedRecipient } from '../../shared/observation';
import { type HeaderField, readHeaderFields } from './header-fields';
import { type MimePart, readMimeTree } from './mime-tree';
import { parseThreadIds } from './thread-ids';
import { decodeTransfer } from './transfer-decoding';

/** A report names about as many recipients as the message had. */
const MAX_RECIPIENTS = 1_000;
const MAX_TEXT = 500;

/** Null for a message that is no report. Never throws: it comes from strangers, and forged ones exist. */
export function readReport(source: Uint8Array): MailReport | null {
  const { root } = readMimeTree(source);
  const part = find(root, /^multipart\/report$/);
  if (!part) return null;
  const delivery = find(part, /^message\/(global-)?delivery-status$/);
  const disposition = find(part, /^message\/(global-)?disposition-notification$/);
  const status = delivery ?? disposition;
  if (!status) return null;
  const groups = groupsOf(decodeTransfer(status.body, status.encoding));
  const original = find(part, /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/);
  const header = original ? readHeaderFields(decodeTransfer(original.body, original.encoding)).fields : [];
  const named = groups.flatMap((fields) => valuesOf(fields, 'original-message-id'));
  const ids = [...named, ...valuesOf(header, 'message-id')].flatMap(parseThreadIds);
  const first = groups[0] ?? [];
  return {
    kind: delivery ? 'delivery' : 'disposition',
    messageIds: [...new Set(ids)],
    envelopeId: decodeXtext(valuesOf(first, 'original-envelope-id')[0] ?? '') || null,
    recipients: groups.flatMap(delivery ? deliveryOf : dispositionOf).slice(0, MAX_RECIPIENTS),
  };
}

function find(part: MimePart, type: RegExp): MimePart | null {
  if (type.test(part.type.value)) return part;
  for (const child of part.children) {
    const found = find(child, type);
    if (found) return found;
  }
  return null;
}

/** Groups of fields with empty lines between them (RFC 3464 section 2.1). */
function groupsOf(bytes: Uint8Array): (readonly HeaderField[])[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split(/\r?\n[ \t]*\r?\n/)
    .slice(0, MAX_RECIPIENTS + 1)
    .map((text) => readHeaderFields(Buffer.from(`${text}\r\n\r\n`, 'latin1')).fields)
    .filter((fields) => fields.length > 0);
}

function deliveryOf(fields: readonly HeaderField[]): ReportedRecipient[] {
  const recipient = valuesOf(fields, 'original-recipient')[0] ?? valuesOf(fields, 'final-recipient')[0];
  if (recipient === undefined) return [];
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(valuesOf(fields, 'status')[0] ?? '')?.[0] ?? null;
  return [
    {
      address: addressOf(recipient),
      action: (valuesOf(fields, 'action')[0] ?? '').toLowerCase().trim(),
      status,
      text: withoutType(valuesOf(fields, 'diagnostic-code')[0] ?? '').slice(0, MAX_TEXT),
    },
  ];
}

function dispositionOf(fields: readonly HeaderField[]): ReportedRecipient[] {
  const disposition = valuesOf(fields, 'disposition')[0];
  if (disposition === undefined) return [];
  const recipient = valuesOf(fields, 'final-recipient')[0] ?? valuesOf(fields, 'original-recipient')[0] ?? '';
  const action = /;\s*([a-z-]+)/i.exec(disposition)?.[1]?.toLowerCase() ?? '';
  return [{ address: addressOf(recipient), action, status: null, text: '' }];
}

function valuesOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value.trim());
}

/** `rfc822; ann@example.org` */
function withoutType(value: string): string {
  return value.replace(/^[A-Za-z0-9-]+\s*;\s*/, '').replace(/\s+/g, ' ');
}

function addressOf(value: string): string {
  return decodeXtext(withoutType(value)).replace(/^<|>$/g, '').slice(0, MAX_TEXT);
}

/** RFC 3461 section 4; an address with a plus that was not encoded stays what it is. */
function decodeXtext(value: string): string {
  return value.replace(/\+([0-9A-F]{2})(?![0-9A-F])/g, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[!-~]/.test(char) ? char : whole;
  });
}
