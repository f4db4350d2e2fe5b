/** Fields of a message that have words of their own. */
export const TEXT_FIELDS = [
  'subject',
  'from',
  'to',
  'cc',
  'bcc',
  'with',
  'body',
  'filename',
  'list',
] as const;
/** `with` is any of from, to, cc and bcc; `list` the List-Id. */
export type TextField = (typeof TEXT_FIELDS)[number];

/** What `is:` asks of a message's state as it is on screen. */
export const IS_VALUES = [
  'read',
  'unread',
  'starred',
  'answered',
  'forwarded',
  'draft',
  'sent',
  'snoozed',
  'muted',
  'pinned',
] as const;
export type IsValue = (typeof IS_VALUES)[number];

/** What `has:` asks of a message's content. */
export const HAS_VALUES = ['attachment', 'image', 'pdf', 'invite', 'link', 'note', 'star'] as const;
export type HasValue = (typeof HAS_VALUES)[number];

export const FILTER_OPERATORS = [
  'in',
  'is',
  'has',
  'label',
  'keyword',
  'account',
  'type',
  'larger',
  'smaller',
  'before',
  'after',
  'on',
  'older_than',
  'newer_than',
  'thread',
  'msgid',
  'header',
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** Every operator of the language, in the order a person meets them. */
export const OPERATORS: readonly (TextField | FilterOperator)[] = [...TEXT_FIELDS, ...FILTER_OPERATORS];

const TEXT_FIELD_SET: ReadonlySet<string> = new Set(TEXT_FIELDS);
const FILTER_SET: ReadonlySet<string> = new Set(FILTER_OPERATORS);

export function isTextField(name: string): name is TextField {
  return TEXT_FIELD_SET.has(name);
}

export function isFilterOperator(name: string): name is FilterOperator {
  return FILTER_SET.has(name);
}
