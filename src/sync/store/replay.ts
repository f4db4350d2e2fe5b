import { DELETED } from '../../shared/domain';
import { hasKeyword, packKeywords, unpackKeywords } from './keywords';

/** One copy on the server: keywords packed as in placements. */
export interface Fact {
  readonly mailboxId: number;
  readonly keywords: string;
}

/** What one pending change wants of one message. `from` is the mailbox it was taken from. */
export type Intent =
  | { readonly kind: 'keywords'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | {
      readonly kind: 'move';
      readonly from: number;
      readonly to: number;
      /** 'role': archive, trash and junk aim at the destination, wherever the message is meanwhile (section 8). */
      readonly aim: 'mailbox' | 'role';
    }
  | { readonly kind: 'delete'; readonly from: number };

/** What people see of one message: the mailboxes it is in, ascending, and its packed keywords. */
export interface Screen {
  readonly mailboxIds: readonly number[];
  readonly keywords: string;
}

/**
 * The screen of one message: its facts with the unsettled intents played on top, in order (SYNC-231). Pure.
 * A copy marked \Deleted is not shown (SYNC-091); a keyword on any copy counts for the message.
 */
export function replay(
  facts: readonly Fact[],
  intents: readonly Intent[],
  isTrash: (mailboxId: number) => boolean,
): Screen {
  const only = facts.length === 1 ? facts[0] : undefined;
  if (only && intents.length === 0 && !hasKeyword(only.keywords, DELETED))
    return { mailboxIds: [only.mailboxId], keywords: only.keywords };

  const mailboxes = new Set<number>();
  const keywords = new Set<string>();
  for (const fact of facts) {
    if (!hasKeyword(fact.keywords, DELETED)) mailboxes.add(fact.mailboxId);
    for (const keyword of unpackKeywords(fact.keywords)) if (keyword !== DELETED) keywords.add(keyword);
  }
  for (const intent of intents) play(intent, mailboxes, keywords, isTrash);
  return { mailboxIds: [...mailboxes].sort((a, b) => a - b), keywords: packKeywords([...keywords]) };
}

function play(
  intent: Intent,
  mailboxes: Set<number>,
  keywords: Set<string>,
  isTrash: (mailboxId: number) => boolean,
): void {
  switch (intent.kind) {
    case 'keywords':
      for (const keyword of intent.add) keywords.add(keyword);
      for (const keyword of intent.remove) keywords.delete(keyword);
      return;
    case 'delete':
      mailboxes.delete(intent.from);
      return;
    case 'move': {
      if (mailboxes.delete(intent.from)) {
        mailboxes.add(intent.to);
        return;
      }
      if (intent.aim === 'mailbox' || mailboxes.has(intent.to)) return;
      const elsewhere = Math.min(...mailboxes);
      if (mailboxes.size === 0 || isTrash(elsewhere)) return;
      mailboxes.delete(elsewhere);
      mailboxes.add(intent.to);
    }
  }
}
