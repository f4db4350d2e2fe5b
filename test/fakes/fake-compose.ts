import type {
  DraftAttachmentView,
  DraftContent,
  DraftView,
  IdentityView,
  OutboxView,
} from '../../src/shared/contract/compose-views';
import type { Topic } from '../../src/shared/contract/events';
import type { METHODS, MethodName } from '../../src/shared/contract/methods';
import type { MessageView } from '../../src/shared/contract/views';
import { AccountId, DraftId, IdentityId, OutboxId, type Person } from '../../src/shared/domain';

/** What a method gets after its schema has looked at it. */
type Given<M extends MethodName> = ReturnType<(typeof METHODS)[M]['input']['parse']>;

const PEOPLE: readonly Person[] = [
  { name: 'Anna Maier', address: 'anna@maier.example' },
  { name: 'Anna-Lena Koch', address: 'annalena@koch.example' },
  { name: 'Bob Lindqvist', address: 'bob@pier.example' },
  { name: '', address: 'harbour-office@city.example' },
];
const SIGNATURE = '<p>Mira Sand</p><p>Harbour planning, pier 3</p>';

interface FakeComposeOptions {
  readonly now: () => number;
  readonly notice: (...topics: Topic[]) => void;
  readonly message: (id: number) => MessageView | null;
}

/** Writing and sending in memory: drafts, their versions, an outbox that holds what is sent. */
export class FakeCompose {
  readonly #options: FakeComposeOptions;
  readonly #drafts = new Map<number, DraftView>();
  #outbox: OutboxView[] = [];
  #lastId = 100;

  constructor(options: FakeComposeOptions) {
    this.#options = options;
    this.#outbox = fakeOutbox(options.now());
  }

  identities(): IdentityView[] {
    return [
      ['Mira Sand', 'mira@sand.example', SIGNATURE],
      ['Mira (Pier 3)', 'mira+pier@sand.example', ''],
    ].map(([name = '', address = '', signatureHtml = ''], at) => ({
      id: IdentityId.parse(at + 1),
      accountId: AccountId.parse(1),
      name,
      address,
      replyTo: null,
      bccSelf: false,
      signatureHtml,
      signaturePlace: 'above-quote',
      signatureInReplies: true,
      sentMailboxId: null,
      isDefault: at === 0,
    }));
  }

  complete(text: string): Person[] {
    const needle = text.toLowerCase();
    return PEOPLE.filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(needle));
  }

  create({ kind, messageId, quick, selection }: Given<'drafts.create'>): DraftView {
    const message = messageId === null ? null : this.#options.message(messageId);
    const answers = kind === 'reply' || kind === 'reply-all';
    const content: DraftContent = {
      identityId: IdentityId.parse(1),
      to: answers && message ? message.from : [],
      cc: kind === 'reply-all' && message ? message.cc : [],
      bcc: [],
      replyTo: [],
      subject: message ? `${answers ? 'Re' : 'Fwd'}: ${message.subject}` : '',
      format: 'html',
      body: `<p></p><div data-signature="">${SIGNATURE}</div>`,
      quote:
        messageId !== null && (answers || kind === 'forward')
          ? { messageId, kind: answers ? 'reply' : 'forward', included: true, selection }
          : null,
      cursor: null,
      options: { readReceipt: false, deliveryReceipt: false, priority: 'normal' },
    };
    this.#lastId += 1;
    const draft: DraftView = {
      id: DraftId.parse(this.#lastId),
      accountId: AccountId.parse(1),
      kind,
      quick,
      relatedId: messageId,
      revision: 1,
      savedAt: this.#options.now(),
      saved: 'computer',
      content,
      attachments: [],
      editedElsewhere: false,
    };
    this.#put(draft);
    return draft;
  }

  get(id: number): DraftView | null {
    return this.#drafts.get(id) ?? null;
  }

  list() {
    return [...this.#drafts.values()].map((draft) => ({
      ...draft,
      messageId: null,
      subject: draft.content.subject,
      to: draft.content.to,
    }));
  }

  save({ draftId, content }: Given<'drafts.save'>) {
    const draft = this.#get(draftId);
    const savedAt = this.#options.now();
    this.#put({ ...draft, content, revision: draft.revision + 1, savedAt });
    return { revision: draft.revision + 1, savedAt };
  }

  attach({ draftId, filename, mediaType, size, inline }: Given<'drafts.attach'>): DraftAttachmentView {
    const draft = this.#get(draftId);
    this.#lastId += 1;
    const id = this.#lastId;
    const file = {
      id,
      filename,
      mediaType,
      size,
      contentId: inline ? `${id}@fake` : null,
      state: 'loading' as const,
    };
    this.#put({ ...draft, attachments: [...draft.attachments, file] });
    return file;
  }

  putBytes({ attachmentId, offset, base64 }: Given<'drafts.putBytes'>): DraftAttachmentView {
    const got = offset + Math.floor((base64.length * 3) / 4);
    return this.#changeFile(attachmentId, (file) => ({
      ...file,
      state: got >= file.size ? 'here' : 'loading',
    }));
  }

  detach(attachmentId: number): null {
    for (const draft of this.#drafts.values()) {
      const attachments = draft.attachments.filter(({ id }) => id !== attachmentId);
      if (attachments.length < draft.attachments.length) this.#put({ ...draft, attachments });
    }
    return null;
  }

  check(draftId: number) {
    const { to, cc, bcc, body } = this.#get(draftId).content;
    const none = to.length + cc.length + bcc.length === 0;
    const forgotten = /attach/i.test(body) && this.#get(draftId).attachments.length === 0;
    return {
      size: 2_000,
      limit: 20_000_000,
      problems: [
        ...(none ? [{ kind: 'no-recipient' as const, severity: 'stop' as const, about: [] }] : []),
        ...(forgotten
          ? [{ kind: 'attachment-forgotten' as const, severity: 'warn' as const, about: [] }]
          : []),
      ],
    };
  }

  send({ draftId, undoSeconds, later }: Given<'drafts.send'>) {
    const { content } = this.#get(draftId);
    this.#lastId += 1;
    const notBefore = later?.at ?? (undoSeconds > 0 ? this.#options.now() + undoSeconds * 1000 : null);
    const base = this.#outbox[0] ?? fakeOutbox(0)[0];
    if (!base) throw new Error('the fake outbox has entries');
    const entry: OutboxView = {
      ...base,
      id: OutboxId.parse(this.#lastId),
      state: 'held',
      subject: content.subject,
      recipients: content.to.map((person) => ({ ...person, state: 'waiting', failure: null })),
      notBefore,
      zone: later?.zone ?? null,
      failure: null,
    };
    this.#outbox = [entry, ...this.#outbox];
    this.discard(draftId);
    this.#options.notice('outbox');
    return { outboxId: entry.id, notBefore };
  }

  discard(draftId: number): null {
    this.#drafts.delete(draftId);
    this.#options.notice('drafts', `draft:${draftId}`);
    return null;
  }

  outbox(): OutboxView[] {
    return this.#outbox;
  }

  take(outboxId: number): null {
    this.#outbox = this.#outbox.filter(({ id }) => id !== outboxId);
    this.#options.notice('outbox');
    return null;
  }

  #get(id: number): DraftView {
    const draft = this.#drafts.get(id);
    if (!draft) throw new Error('the fake has no such draft');
    return draft;
  }

  #put(draft: DraftView): void {
    this.#drafts.set(draft.id, draft);
    this.#options.notice('drafts', `draft:${draft.id}`);
  }

  #changeFile(id: number, change: (file: DraftAttachmentView) => DraftAttachmentView): DraftAttachmentView {
    for (const draft of this.#drafts.values()) {
      const file = draft.attachments.find((one) => one.id === id);
      if (!file) continue;
      const changed = change(file);
      this.#put({ ...draft, attachments: draft.attachments.map((one) => (one === file ? changed : one)) });
      return changed;
    }
    throw new Error('the fake has no such file');
  }
}

/** One of each kind of trouble, and one that waits for its time. */
function fakeOutbox(now: number): OutboxView[] {
  const anna = { name: 'Anna Maier', address: 'anna@maier.example' };
  const base: OutboxView = {
    id: OutboxId.parse(1),
    accountId: AccountId.parse(1),
    state: 'failed',
    from: { name: 'Mira Sand', address: 'mira@sand.example' },
    recipients: [{ ...anna, state: 'waiting', failure: null }],
    subject: 'Berth plan for May',
    snippet: 'Here is the plan',
    size: 184_000,
    hasAttachment: true,
    createdAt: now - 60_000,
    notBefore: null,
    zone: null,
    attempts: 1,
    nextAttemptAt: null,
    sentBytes: null,
    failure: {
      kind: 'rejected',
      message: 'The server does not know one of the recipients.',
      hint: 'Correct the address and send it again.',
      serverText: '550 5.1.1 No such user here',
    },
    observed: null,
    overdue: false,
    resumed: false,
    messageId: null,
    messageIdHeader: '<1@sand.example>',
  };
  return [
    base,
    {
      ...base,
      id: OutboxId.parse(2),
      state: 'submitting',
      subject: 'Photographs of the pier',
      size: 18_400_000,
      sentBytes: 7_300_000,
      failure: null,
    },
    {
      ...base,
      id: OutboxId.parse(3),
      state: 'held',
      subject: 'Good morning',
      hasAttachment: false,
      size: 3_000,
      notBefore: now + 40 * 3_600_000,
      zone: 'Europe/Berlin',
      failure: null,
    },
  ];
}
