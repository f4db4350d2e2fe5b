/** A query of the search in the words of SEARCH (RFC 9051 section 6.4.4, SYNC-374). */
import { parseAge, parseDate } from '../../../shared/search/dates';
import type { QueryNode, TextNode } from '../../../shared/search/query';
import { parseSize } from '../../../shared/search/sizes';
import { atom, quoted } from './arguments';
import type { Argument } from './wire';

export interface SearchCriteria {
  /** Empty = nothing of the query can be asked of the server. */
  readonly args: readonly Argument[];
  /** Operators the server does not know, as they were written; its hits are those of the rest. */
  readonly untranslated: readonly string[];
}

/** Longer or foreign text travels as a literal. */
const MAX_QUOTED = 100;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const FIELDS: Partial<Readonly<Record<NonNullable<TextNode['field']>, readonly string[]>>> = {
  subject: ['SUBJECT'],
  from: ['FROM'],
  to: ['TO'],
  cc: ['CC'],
  bcc: ['BCC'],
  with: ['FROM', 'TO', 'CC', 'BCC'],
  body: ['BODY'],
};
const IS: Readonly<Record<string, readonly Argument[]>> = {
  read: [atom('SEEN')],
  unread: [atom('UNSEEN')],
  starred: [atom('FLAGGED')],
  answered: [atom('ANSWERED')],
  draft: [atom('DRAFT')],
  forwarded: [atom('KEYWORD'), atom('$Forwarded')],
};

/**
 * `nowMs`: what "yesterday" is counted from. The server compares days of its own, so a hit may be off by one. `isUtf8`: everything is UTF-8
 * already, and a CHARSET would be refused (RFC 9755 3).
 */
export function searchCriteria(root: QueryNode, nowMs: number, isUtf8 = false): SearchCriteria {
  const untranslated: string[] = [];
  const args = keysOf(root, nowMs, untranslated) ?? [];
  return {
    args: args.length > 0 && !isUtf8 && needsCharset(args) ? [atom('CHARSET'), atom('UTF-8'), ...args] : args,
    untranslated,
  };
}

/** Null when it cannot be asked; of an AND the rest is asked, which finds more and misses nothing. */
function keysOf(node: QueryNode, nowMs: number, untranslated: string[]): Argument[] | null {
  switch (node.kind) {
    case 'and': {
      const parts = node.nodes.flatMap((part) => keysOf(part, nowMs, untranslated) ?? []);
      return parts.length === 0 ? null : parts;
    }
    case 'or': {
      const parts = node.nodes.map((part) => keysOf(part, nowMs, untranslated));
      return parts.includes(null) ? null : either(parts as Argument[][]);
    }
    case 'not': {
      const before = untranslated.length;
      const inner = keysOf(node.node, nowMs, untranslated);
      // What is left out of the inside would take away too much.
      return inner === null || untranslated.length > before ? null : [atom('NOT'), inner];
    }
    case 'text':
      return textKeys(node, untranslated);
    case 'filter':
      return (
        filterKeys(node.operator, node.value, nowMs) ?? given(untranslated, `${node.operator}:${node.value}`)
      );
  }
}

function textKeys({ field, text }: TextNode, untranslated: string[]): Argument[] | null {
  if (field === null) return [atom('TEXT'), searchText(text)];
  if (field === 'list') return [atom('HEADER'), quoted('List-Id'), searchText(text)];
  const keys = FIELDS[field];
  return keys
    ? either(keys.map((key) => [atom(key), searchText(text)]))
    : given(untranslated, `${field}:${text}`);
}

function filterKeys(operator: string, value: string, nowMs: number): Argument[] | null {
  switch (operator) {
    case 'is':
      return [...(IS[value.toLowerCase()] ?? [])].length > 0 ? [...(IS[value.toLowerCase()] ?? [])] : null;
    case 'has':
      return /^stars?$/i.test(value) ? [atom('FLAGGED')] : null;
    case 'label':
    case 'keyword':
      return /^[!#$&'+-Z[^-z|}~]+$/.test(value) ? [atom('KEYWORD'), atom(value)] : null;
    case 'larger':
    case 'smaller':
      return [atom(operator.toUpperCase()), atom(String(parseSize(value) ?? 0))];
    case 'before':
    case 'after':
    case 'on': {
      const span = parseDate(value, nowMs);
      if (!span) return null;
      const since = [atom('SINCE'), atom(day(span.from))];
      if (operator === 'after') return since;
      return operator === 'before'
        ? [atom('BEFORE'), atom(day(span.from))]
        : [...since, atom('BEFORE'), atom(day(span.to))];
    }
    case 'older_than':
    case 'newer_than': {
      const at = parseAge(value, nowMs);
      return at === null ? null : [atom(operator === 'older_than' ? 'BEFORE' : 'SINCE'), atom(day(at))];
    }
    case 'msgid':
      return [atom('HEADER'), quoted('Message-ID'), searchText(value)];
    case 'header': {
      const [, name = '', wanted = ''] = /^([^=:]+)[=:]?(.*)$/s.exec(value) ?? [];
      return [atom('HEADER'), quoted(name), searchText(wanted)];
    }
    default:
      return null;
  }
}

function given(untranslated: string[], written: string): null {
  untranslated.push(written);
  return null;
}

/** SEARCH knows an OR of two only. */
function either(parts: readonly Argument[][]): Argument[] {
  const [first = [], ...rest] = parts;
  return rest.length === 0 ? first : [atom('OR'), first, either(rest)];
}

function searchText(text: string): Argument {
  return /^[\x20-\x7e]*$/.test(text) && text.length <= MAX_QUOTED
    ? quoted(text)
    : { type: 'LITERAL', value: Buffer.from(text.replaceAll('\0', ''), 'utf8') };
}

function needsCharset(args: readonly Argument[]): boolean {
  return args.some((arg) =>
    Array.isArray(arg)
      ? needsCharset(arg)
      : 'type' in arg &&
        arg.type === 'LITERAL' &&
        Buffer.isBuffer(arg.value) &&
        arg.value.some((byte) => byte > 127),
  );
}

/** A day as the server writes it; local, like everything a person says of days. */
function day(instant: number): string {
  const date = new Date(instant);
  return `${date.getDate()}-${MONTHS[date.getMonth()]}-${date.getFullYear()}`;
}
