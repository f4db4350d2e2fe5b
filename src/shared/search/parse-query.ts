import { parseAge, parseDate } from './dates';
import { type FilterOperator, HAS_VALUES, IS_VALUES, isFilterOperator, isTextField } from './operators';
import type { ParsedQuery, QueryNode, QueryToken, TextNode } from './query';
import { type Piece, readPieces } from './read-pieces';
import { parseSize } from './sizes';

/** Brackets inside brackets; deeper ones are read as if they were not there. */
const MAX_DEPTH = 20;

export interface ParseOptions {
  /** The last word is being typed and may go on (SYNC-367). */
  readonly typing: boolean;
}

/**
 * Reads what was typed (sync-engine.md section 14). Never fails: what is no query of the grammar becomes plain words,
 * and its token says so (SYNC-360). `OR`, `AND` and `NOT` are in capitals, so that "trick or treat" means three words.
 */
export function parseQuery(query: string, { typing }: ParseOptions): ParsedQuery {
  const pieces = readPieces(query);
  const tokens: QueryToken[] = [];
  let at = 0;
  const lastIsTyped = typing && !/[\s"()]$/.test(query);

  function note(token: Partial<QueryToken> & Pick<QueryToken, 'kind' | 'text'>): QueryToken {
    const whole = { operator: null, negated: false, understood: true, ...token };
    tokens.push(whole);
    return whole;
  }

  /** A word that may go on: marked with a star, or the one under the cursor. */
  const goesOn = (text: string): boolean => text.endsWith('*') || (lastIsTyped && at === pieces.length);

  function isWord(text: string): boolean {
    const piece = pieces[at];
    return piece?.kind === 'word' && piece.text === text && !piece.broken;
  }

  /** Whether something to search for stands from here on in this group. */
  function termFollows(from: number): boolean {
    const piece = pieces[from];
    return piece !== undefined && piece.kind !== 'close';
  }

  function readOr(depth: number, operator: string | null): QueryNode | null {
    const nodes: QueryNode[] = [];
    for (;;) {
      const node = readAnd(depth, operator);
      if (node) nodes.push(node);
      if (!(isWord('OR') && nodes.length > 0 && termFollows(at + 1))) break;
      note({ kind: 'or', text: 'OR' });
      at++;
    }
    return join('or', nodes);
  }

  function readAnd(depth: number, operator: string | null): QueryNode | null {
    const nodes: QueryNode[] = [];
    while (at < pieces.length && pieces[at]?.kind !== 'close') {
      if (isWord('OR') && nodes.length > 0 && termFollows(at + 1)) break;
      if (isWord('AND') && nodes.length > 0 && termFollows(at + 1)) at++;
      const node = readNot(depth, operator);
      if (node) nodes.push(node);
    }
    return join('and', nodes);
  }

  function readNot(depth: number, operator: string | null): QueryNode | null {
    // A chain of them is one or none: no recursion that somebody could make deep.
    let negated = false;
    while (pieces[at]?.kind === 'minus' || (isWord('NOT') && termFollows(at + 1))) {
      if (pieces[at]?.kind === 'minus' && !termFollows(at + 1)) break;
      note({ kind: 'not', text: pieces[at]?.kind === 'minus' ? '-' : 'NOT' });
      negated = !negated;
      at++;
    }
    const first = tokens.length;
    const node = readTerm(depth, operator);
    const token = tokens[first];
    if (negated && token) token.negated = true;
    return node && negated ? { kind: 'not', node } : node;
  }

  function readTerm(depth: number, operator: string | null): QueryNode | null {
    const piece = pieces[at] as Piece | undefined;
    at++;
    switch (piece?.kind) {
      case 'open':
        return readGroup(depth, operator);
      case 'phrase':
        return term(operator, piece.text, true, true);
      case 'word':
        return term(operator, piece.text, false, !piece.broken);
      case 'operator':
        if (piece.value !== null) return term(piece.name, piece.value, piece.quoted, true);
        note({ kind: 'operator', text: '(', operator: piece.name });
        at++;
        return readGroup(depth, piece.name, false);
      // A minus or bracket with nothing behind it.
      case 'minus':
      case 'close':
      case undefined:
        return null;
    }
  }

  function readGroup(depth: number, operator: string | null, echo = true): QueryNode | null {
    const opened = echo ? note({ kind: 'group', text: '(', understood: depth < MAX_DEPTH }) : null;
    if (depth >= MAX_DEPTH) return null;
    const node = readOr(depth + 1, operator);
    if (pieces[at]?.kind === 'close') {
      note({ kind: 'group', text: ')' });
      at++;
    } else if (opened) opened.understood = false;
    return node;
  }

  /** One value of an operator, or a word by itself. */
  function term(
    operator: string | null,
    raw: string,
    quoted: boolean,
    understood: boolean,
  ): QueryNode | null {
    if (operator !== null && isFilterOperator(operator)) {
      const value = raw.trim();
      if (isValue(operator, value)) {
        note({ kind: 'operator', text: value, operator });
        return { kind: 'filter', operator, value };
      }
      note({ kind: quoted ? 'phrase' : 'word', text: `${operator}:${raw}`, understood: false });
      return { kind: 'text', field: null, text: `${operator} ${raw}`, match: 'words' };
    }
    const field = operator !== null && isTextField(operator) ? operator : null;
    const node = textNode(field, raw, quoted, goesOn(raw));
    if (node.text === '') {
      if (field !== null) note({ kind: 'word', text: `${field}:`, understood: false });
      return field === null ? null : { ...node, field: null, text: field };
    }
    // A colon inside says that an operator was meant that there is none of.
    const unknown = !quoted && field === null && /^[a-z_]{2,20}:[^/\s]/i.test(raw);
    note({
      kind: field !== null ? 'operator' : quoted ? 'phrase' : 'word',
      text: raw,
      operator: field,
      understood: understood && !unknown,
    });
    return node;
  }

  const nodes: QueryNode[] = [];
  while (at < pieces.length) {
    const node = readOr(0, null);
    if (node) nodes.push(node);
    // A bracket that was never opened.
    if (pieces[at]?.kind === 'close') {
      note({ kind: 'group', text: ')', understood: false });
      at++;
    }
  }
  return { root: join('and', nodes), tokens };
}

function textNode(field: TextNode['field'], raw: string, quoted: boolean, goesOn: boolean): TextNode {
  const trimmed = raw.trim();
  const part = /^~(.+)~$/su.exec(trimmed)?.[1];
  if (part !== undefined) return { kind: 'text', field, text: part, match: 'part' };
  const text = quoted ? trimmed : trimmed.replace(/\*+$/, '');
  return { kind: 'text', field, text, match: goesOn && !quoted ? 'prefix' : 'words' };
}

function join(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode | null {
  return nodes.length > 1 ? { kind, nodes } : (nodes[0] ?? null);
}

/** Whether a filter can mean anything by this value. */
function isValue(operator: FilterOperator, value: string): boolean {
  switch (operator) {
    case 'is':
      return (IS_VALUES as readonly string[]).includes(value.toLowerCase());
    case 'has':
      return (HAS_VALUES as readonly string[]).includes(value.toLowerCase().replace(/s$/, ''));
    case 'larger':
    case 'smaller':
      return parseSize(value) !== null;
    case 'before':
    case 'after':
    case 'on':
      return parseDate(value, 0) !== null;
    case 'older_than':
    case 'newer_than':
      return parseAge(value, 0) !== null;
    case 'thread':
      return /^[1-9]\d{0,14}$/.test(value);
    case 'header':
      return /^[A-Za-z0-9-]{1,76}(?:[=:].*)?$/s.test(value);
    default:
      return value !== '';
  }
}
