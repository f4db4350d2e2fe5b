import type { Command } from './command';
import { accountAddImap } from './commands/account-add-imap';
import { accountAddLocal } from './commands/account-add-local';
import { accountList } from './commands/account-list';
import { accountPause, accountResume } from './commands/account-pause';
import { accountRemove } from './commands/account-remove';
import { accountServer } from './commands/account-server';
import { accountStatus } from './commands/account-status';
import { accountTest } from './commands/account-test';
import { backup } from './commands/backup';
import { doctor } from './commands/doctor';
import { link } from './commands/link';
import { list } from './commands/list';
import { log } from './commands/log';
import {
  mailboxCreate,
  mailboxDelete,
  mailboxRename,
  mailboxRole,
  mailboxSubscribe,
  mailboxUnsubscribe,
} from './commands/mailbox-change';
import { mailboxKeep } from './commands/mailbox-keep';
import {
  mutateArchive,
  mutateDelete,
  mutateJunk,
  mutateKeyword,
  mutateMove,
  mutateSnooze,
  mutateTrash,
  mutateUnsnooze,
} from './commands/mutate';
import { outboxCancel, outboxDiscard, outboxList, outboxRetry } from './commands/outbox';
import { pendingDiscard, pendingList, pendingRetry } from './commands/pending';
import { restore } from './commands/restore';
import { send } from './commands/send';
import { serve } from './commands/serve';
import { show } from './commands/show';
import { stats } from './commands/stats';
import { status } from './commands/status';
import { sync } from './commands/sync';
import { undo } from './commands/undo';

/** Every command there is; parsing, help and tests read this table and nothing else. */
export const COMMANDS: readonly Command[] = [
  serve,
  link,
  accountAddImap,
  accountAddLocal,
  accountList,
  accountTest,
  accountStatus,
  accountPause,
  accountResume,
  accountServer,
  accountRemove,
  mailboxCreate,
  mailboxRename,
  mailboxDelete,
  mailboxSubscribe,
  mailboxUnsubscribe,
  mailboxRole,
  mailboxKeep,
  sync,
  status,
  list,
  show,
  mutateKeyword,
  mutateMove,
  mutateArchive,
  mutateTrash,
  mutateDelete,
  mutateJunk,
  mutateSnooze,
  mutateUnsnooze,
  undo,
  send,
  outboxList,
  outboxCancel,
  outboxRetry,
  outboxDiscard,
  pendingList,
  pendingRetry,
  pendingDiscard,
  log,
  stats,
  doctor,
  backup,
  restore,
];
