/**
 * What happens when the server and a waiting change disagree: SYNC section 8 as data. The page "What happens when two
 * devices disagree" shows exactly this table (SYNC-264, APP-198), and the engine's tests take their cases from it.
 */
export const CONFLICT_INTENTS = ['keywords', 'move', 'delete', 'draft', 'submit'] as const;
export type ConflictIntent = (typeof CONFLICT_INTENTS)[number];

/**
 * - push: sent to the server as asked
 * - settle: nothing to send, the server already agrees
 * - wait: tried again when the facts are complete
 * - park: set aside and shown with Retry and Discard, the server's facts on screen
 * - drop: nothing left to do, noted in the history
 * - keep: what the user wrote is kept as a new or local draft
 * - ask: a question to the user first
 */
export const CONFLICT_OUTCOMES = ['push', 'settle', 'wait', 'park', 'drop', 'keep', 'ask'] as const;
export type ConflictOutcome = (typeof CONFLICT_OUTCOMES)[number];

export interface ConflictCell {
  readonly outcome: ConflictOutcome;
  /** One sentence for a person. */
  readonly text: string;
}

export interface ConflictRow {
  readonly fact: string;
  /** What the server says now, for a person. */
  readonly title: string;
  /** Intents without a cell cannot meet this fact. */
  readonly cells: { readonly [I in ConflictIntent]?: ConflictCell };
}

const cell = (outcome: ConflictOutcome, text: string): ConflictCell => ({ outcome, text });

export const CONFLICT_POLICY = [
  {
    fact: 'unchanged',
    title: 'Nothing changed on the server',
    cells: {
      keywords: cell('push', 'Your change shows at once and is sent.'),
      move: cell('push', 'The message shows in its new folder at once and is moved.'),
      delete: cell('push', 'The message is hidden at once and deleted.'),
      draft: cell('push', 'Your text shows at once and is saved on the server.'),
      submit: cell('push', 'The message waits in the outbox and is sent.'),
    },
  },
  {
    fact: 'same-change',
    title: 'Another device already did the same',
    cells: {
      keywords: cell('settle', 'Nothing is left to do.'),
      move: cell('settle', 'Nothing is left to do.'),
      delete: cell('settle', 'Nothing is left to do.'),
      draft: cell('settle', 'Nothing is left to do if both texts are the same.'),
      submit: cell('ask', 'It is never sent twice: you are asked first.'),
    },
  },
  {
    fact: 'other-keyword-changed',
    title: 'Another mark of the message was changed',
    cells: {
      keywords: cell('push', 'Both changes apply.'),
      move: cell('push', 'Both changes apply.'),
      delete: cell('push', 'The message is deleted.'),
      draft: cell('push', 'Your text is kept, with the new mark.'),
      submit: cell('push', 'The message is sent.'),
    },
  },
  {
    fact: 'same-keyword-opposed',
    title: 'The same mark was changed the other way',
    cells: {
      keywords: cell(
        'push',
        'Yours wins, because you decided later than what you saw. The history notes both.',
      ),
    },
  },
  {
    fact: 'moved-elsewhere',
    title: 'Another device moved the message to a third folder',
    cells: {
      keywords: cell('push', 'Your mark applies to the message in the third folder.'),
      move: cell(
        'park',
        'The message stays in the third folder and you are asked. If you archived or deleted it, it goes where you wanted, unless it is in the trash.',
      ),
      delete: cell('park', 'The message stays and you are asked, unless it is in the trash or in junk.'),
    },
  },
  {
    fact: 'copied-elsewhere',
    title: 'A copy appeared in another folder',
    cells: {
      keywords: cell('push', 'Your mark applies.'),
      move: cell('push', 'The message moves; the copy stays.'),
      delete: cell('push', 'Only the message you saw is deleted. The copy stays.'),
    },
  },
  {
    fact: 'gone',
    title: 'The message was deleted everywhere',
    cells: {
      keywords: cell('drop', 'There is nothing left to mark. The history notes it.'),
      move: cell('park', 'You are told, and can restore it while its text is still on this computer.'),
      delete: cell('settle', 'Nothing is left to do.'),
      draft: cell('keep', 'Your text is saved as a new draft. Text is never lost.'),
      submit: cell('push', 'The message is sent: the outbox has its own copy.'),
    },
  },
  {
    fact: 'renumbered',
    title: 'The server gave its messages new numbers',
    cells: {
      keywords: cell('wait', 'Your change waits until the message is found again, then applies.'),
      move: cell('wait', 'Your change waits until the message is found again, then applies.'),
      delete: cell(
        'wait',
        'Nothing is deleted by its old number. The change waits until the message is found again.',
      ),
      draft: cell('wait', 'The draft is found again by its own mark.'),
      submit: cell('push', 'The message is sent.'),
    },
  },
  {
    fact: 'destination-renamed',
    title: 'The folder you chose was renamed',
    cells: {
      move: cell('push', 'The message goes to the renamed folder.'),
      draft: cell('push', 'The draft goes to the renamed folder.'),
      submit: cell('push', 'The sent copy goes to the renamed folder.'),
    },
  },
  {
    fact: 'destination-deleted',
    title: 'The folder you chose was deleted',
    cells: {
      move: cell(
        'park',
        'The message is back in its folder. You can create the folder again or choose another.',
      ),
      draft: cell('push', 'The drafts folder is chosen again, or created.'),
      submit: cell('push', 'The folder for sent mail is chosen again, or created.'),
    },
  },
  {
    fact: 'source-deleted',
    title: 'The folder was deleted with its messages',
    cells: {
      keywords: cell('drop', 'There is nothing left to mark. The history notes it.'),
      move: cell('park', 'You are told, and can restore it while its text is still on this computer.'),
      delete: cell('settle', 'Nothing is left to do.'),
      draft: cell('keep', 'Your text is saved as a new draft.'),
      submit: cell('push', 'The message is sent.'),
    },
  },
  {
    fact: 'read-only',
    title: 'The server does not allow the change',
    cells: {
      keywords: cell('park', 'The message shows as the server has it, and you are told.'),
      move: cell('park', 'The message shows where the server has it, and you are told.'),
      delete: cell('park', 'The message is shown again, and you are told.'),
      draft: cell('keep', 'Your text stays on this computer, and you are told.'),
      submit: cell('park', 'The message stays in the outbox, and you are told.'),
    },
  },
  {
    fact: 'over-quota',
    title: 'The mailbox on the server is full',
    cells: {
      keywords: cell('push', 'Your mark needs no space and is sent.'),
      move: cell('push', 'The message is moved. If the server can only copy, you are asked.'),
      delete: cell('push', 'The message is deleted.'),
      draft: cell('keep', 'Your text stays on this computer, and you are warned.'),
      submit: cell('push', 'The message is sent. Its copy waits on this computer, and you are told.'),
    },
  },
  {
    fact: 'draft-edited-elsewhere',
    title: 'The draft was edited on another device',
    cells: {
      delete: cell('park', 'The draft stays and you are asked.'),
      draft: cell('keep', 'Both texts are kept: theirs as the draft, yours as a second one.'),
      submit: cell('push', 'Your text is sent. Theirs stays in the drafts, and you are told.'),
    },
  },
  {
    fact: 'draft-sent-elsewhere',
    title: 'The draft was already sent from another device',
    cells: {
      delete: cell('settle', 'Nothing is left to do.'),
      draft: cell('park', 'Your text is kept and you are told.'),
      submit: cell('ask', 'Nothing is sent until you say so: you are told that it seems to be sent already.'),
    },
  },
] as const satisfies readonly ConflictRow[];
