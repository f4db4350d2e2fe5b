import type { AccountId, MailboxId } from '../../../shared/domain';
import { SMART_LISTS } from '../../../shared/domain';
import { parseQuery } from '../../../shared/search/parse-query';
import type { QueryNode } from '../../../shared/search/query';
import type { ReadableDb } from '../handles';
import { getMailbox } from '../read/mailboxes';
import type { SearchRequest } from './search';
import { mailboxesNamed, readSearchContext, type SearchContext } from './search-context';

/** What one account's server is asked, and where. */
export interface ServerQuestion {
  readonly accountId: AccountId;
  readonly mailboxIds: readonly MailboxId[];
  readonly query: QueryNode;
}

/**
 * A search as questions to servers (SYNC-374): which mailboxes of which accounts, and the rest of the query. `in:` and
 * `account:` choose among them, `me` becomes the account's address. Empty when nothing is left to ask.
 */
export function serverQuestions(db: ReadableDb, request: SearchRequest, nowMs: number): ServerQuestion[] {
  const context = readSearchContext(db, nowMs);
  const { root } = parseQuery(request.query, { typing: false });
  if (root === null) return [];
  const parts = root.kind === 'and' ? root.nodes : [root];
  const chosen = parts.filter(isPlace);
  const nodes = parts.filter((node) => !isPlace(node));
  if (nodes.length === 0) return [];
  const allowed = new Set(mailboxesOfScope(request, chosen, context));
  for (const place of chosen) {
    const these = new Set(mailboxesOfPlace(db, place, context));
    for (const id of allowed) if (!these.has(id)) allowed.delete(id);
  }
  const byAccount = Map.groupBy(allowed, (id) => getMailbox(db, id as MailboxId)?.accountId ?? null);
  return context.accounts.flatMap(({ id, email }) => {
    const mailboxIds = byAccount.get(id as AccountId) as MailboxId[] | undefined;
    return mailboxIds === undefined
      ? []
      : [{ accountId: id as AccountId, mailboxIds, query: withoutMe({ kind: 'and', nodes }, email) }];
  });
}

type Place = Extract<QueryNode, { kind: 'filter' }>;

function isPlace(node: QueryNode): node is Place {
  return node.kind === 'filter' && (node.operator === 'in' || node.operator === 'account');
}

function mailboxesOfScope(
  { scope, includeTrashAndJunk }: SearchRequest,
  chosen: readonly Place[],
  context: SearchContext,
): number[] {
  if (scope.kind === 'list' && scope.listId > 0) return [scope.listId];
  const role =
    scope.kind === 'list'
      ? new Map<number, string>([
          [SMART_LISTS.inbox, 'inbox'],
          [SMART_LISTS.drafts, 'drafts'],
          [SMART_LISTS.sent, 'sent'],
        ]).get(scope.listId)
      : undefined;
  if (role !== undefined) return mailboxesNamed(context, role);
  const everywhere = includeTrashAndJunk || chosen.some(({ operator }) => operator === 'in');
  return context.mailboxes.flatMap(({ id }) => (everywhere || !context.hidden.includes(id) ? [id] : []));
}

function mailboxesOfPlace(db: ReadableDb, { operator, value }: Place, context: SearchContext): number[] {
  const all = context.mailboxes.map(({ id }) => id);
  if (operator === 'in') return /^(anywhere|all)$/i.test(value) ? all : mailboxesNamed(context, value);
  const wanted = value.toLowerCase();
  const accounts = context.accounts.filter(
    ({ name, email }) => name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted),
  );
  return all.filter((id) =>
    accounts.some((account) => getMailbox(db, id as MailboxId)?.accountId === account.id),
  );
}

function withoutMe(node: QueryNode, email: string): QueryNode {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, nodes: node.nodes.map((part) => withoutMe(part, email)) };
    case 'not':
      return { ...node, node: withoutMe(node.node, email) };
    case 'text':
      return node.field !== null && node.text.toLowerCase() === 'me' ? { ...node, text: email } : node;
    case 'filter':
      return node;
  }
}
