import type { FilterOperator, TextField } from './operators';

/** A search as a tree. */
export type QueryNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  | TextNode
  | { readonly kind: 'filter'; readonly operator: FilterOperator; readonly value: string };

export interface TextNode {
  readonly kind: 'text';
  /** Null = in any field. */
  readonly field: TextField | null;
  /** As written, without quotes, tildes and star. */
  readonly text: string;
  /** 'words' = next to each other, as a phrase; 'prefix' = the last word may go on; 'part' = also inside a word. */
  readonly match: 'words' | 'prefix' | 'part';
}

/** The same shape as the contract's `SearchToken`. */
export interface QueryToken {
  kind: 'word' | 'phrase' | 'operator' | 'not' | 'or' | 'group';
  text: string;
  operator: string | null;
  negated: boolean;
  understood: boolean;
}

export interface ParsedQuery {
  /** Null when nothing was asked for. */
  readonly root: QueryNode | null;
  readonly tokens: QueryToken[];
}
