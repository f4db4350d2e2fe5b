/** A mail server in memory with the memory of a good IMAP server: UIDs, UIDVALIDITY, change numbers, expunges. */
import type { MailboxRole } from '../../src/shared/domain';
import type { Failure } from '../../src/shared/failure';
import type { MailboxStatus } from '../../src/shared/observation';

export interface FakeMessage {
  readonly uid: number;
  readonly source: Uint8Array;
  readonly receivedAt: number;
  keywords: readonly string[];
  modseq: number;
}

export interface FakeMailbox {
  readonly remoteKey: string;
  readonly role: MailboxRole | null;
  uidValidity: number;
  uidNext: number;
  highestModseq: number;
  readonly messages: Map<number, FakeMessage>;
  readonly expunged: { readonly uid: number; readonly modseq: number }[];
}

/**
 * What goes wrong next: nothing reachable, or the link breaks before or after the effect of the next push or append, or
 * in the middle of a move that is a copy and a removal.
 */
export type FakeFault = 'offline' | 'cut-before' | 'cut-after' | 'cut-half' | null;

const ROLES: readonly (readonly [string, MailboxRole])[] = [
  ['INBOX', 'inbox'],
  ['Archive', 'archive'],
  ['Drafts', 'drafts'],
  ['Sent', 'sent'],
  ['Trash', 'trash'],
  ['Junk', 'junk'],
];

/** A mailbox that is not (or no longer) on the fake server. */
export class NoSuchMailbox extends Error {}

export class FakeMailServer {
  readonly mailboxes = new Map<string, FakeMailbox>();
  fault: FakeFault = null;
  /** False: no PERMANENTFLAGS `\\*`, only the system's marks are kept. */
  keepsLabels = true;
  /** False: no MOVE; a move copies, and removes what it copied. */
  canMove = true;
  /** What every append is refused with, for instance a full mailbox; null = they work. */
  appendRefusal: Failure | null = null;
  readonly #listeners = new Set<(remoteKey: string) => void>();
  #validity = 1000;

  constructor() {
    for (const [remoteKey, role] of ROLES) this.createMailbox(remoteKey, role);
  }

  createMailbox(remoteKey: string, role: MailboxRole | null = null): void {
    if (this.mailboxes.has(remoteKey)) return;
    this.mailboxes.set(remoteKey, {
      remoteKey,
      role,
      uidValidity: ++this.#validity,
      uidNext: 1,
      highestModseq: 1,
      messages: new Map(),
      expunged: [],
    });
  }

  /** Same messages, numbers and change numbers under another name. */
  renameMailbox(from: string, to: string): void {
    const mailbox = this.mailbox(from);
    this.mailboxes.delete(from);
    this.mailboxes.set(to, { ...mailbox, remoteKey: to });
  }

  deleteMailbox(remoteKey: string): void {
    this.mailboxes.delete(remoteKey);
  }

  deliver(
    remoteKey: string,
    source: Uint8Array,
    receivedAt: number,
    keywords: readonly string[] = [],
  ): number {
    const mailbox = this.mailbox(remoteKey);
    const uid = mailbox.uidNext++;
    mailbox.messages.set(uid, { uid, source, receivedAt, keywords, modseq: ++mailbox.highestModseq });
    this.#tell(remoteKey);
    return uid;
  }

  setKeywords(remoteKey: string, uid: number, keywords: readonly string[]): void {
    const mailbox = this.mailbox(remoteKey);
    const message = mailbox.messages.get(uid);
    if (!message) return;
    message.keywords = [...new Set(keywords)].sort();
    message.modseq = ++mailbox.highestModseq;
    this.#tell(remoteKey);
  }

  remove(remoteKey: string, uid: number): void {
    const mailbox = this.mailbox(remoteKey);
    if (!mailbox.messages.delete(uid)) return;
    mailbox.expunged.push({ uid, modseq: ++mailbox.highestModseq });
    this.#tell(remoteKey);
  }

  /** Answers the new UID; null when the message is not there. */
  move(fromKey: string, uid: number, toKey: string): number | null {
    const message = this.mailbox(fromKey).messages.get(uid);
    if (!message) return null;
    const newUid = this.deliver(toKey, message.source, message.receivedAt, message.keywords);
    this.remove(fromKey, uid);
    return newUid;
  }

  /** New UIDVALIDITY, new UIDs, same messages. */
  rebuild(remoteKey: string): void {
    const mailbox = this.mailbox(remoteKey);
    const messages = [...mailbox.messages.values()];
    mailbox.messages.clear();
    mailbox.expunged.length = 0;
    mailbox.uidValidity = ++this.#validity;
    mailbox.uidNext = 1;
    for (const { source, receivedAt, keywords } of messages)
      this.deliver(remoteKey, source, receivedAt, keywords);
  }

  mailbox(remoteKey: string): FakeMailbox {
    const mailbox = this.mailboxes.get(remoteKey);
    if (!mailbox) throw new NoSuchMailbox(`the fake server has no mailbox ${remoteKey}`);
    return mailbox;
  }

  status(remoteKey: string): MailboxStatus {
    const { messages, uidNext, uidValidity, highestModseq } = this.mailbox(remoteKey);
    return {
      messages: messages.size,
      unseen: [...messages.values()].filter(({ keywords }) => !keywords.includes('$seen')).length,
      uidNext,
      uidValidity: String(uidValidity),
      highestModseq: String(highestModseq),
    };
  }

  onChange(listener: (remoteKey: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(remoteKey: string): void {
    for (const listener of this.#listeners) listener(remoteKey);
  }
}
