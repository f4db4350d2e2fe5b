import type { DraftAttachmentView, DraftContent, DraftView } from '../../shared/contract/compose-views';
import type { FailureView } from '../../shared/contract/views';
import type { DraftId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import type { call as callHost } from '../transport/call';

/** A change is on its way to the disk this long after it was made, whatever follows it (APP-124). In milliseconds. */
export const SAVE_AFTER_MS = 400;

export interface DraftPorts {
  readonly call: typeof callHost;
  /** Runs later; the function that is returned prevents it. */
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface DraftSnapshot {
  /** What is written, but for the newest keystrokes in the body: `content.body` is from the last save. */
  readonly content: DraftContent;
  readonly attachments: readonly DraftAttachmentView[];
  readonly saved: 'writing' | 'computer' | 'server' | 'failed';
  readonly failure: FailureView | null;
  readonly editedElsewhere: boolean;
  /** Another number = the body was replaced from outside: the editor begins anew. */
  readonly epoch: number;
}

/**
 * One draft that is open in this window. Changes are collected for 400 ms and saved one after the other; nothing waits for
 * an answer. What another window saves meanwhile is taken over while nothing is unsaved here, and kept as a version else.
 */
export class DraftSession {
  readonly id: DraftId;
  readonly kind: DraftView['kind'];
  readonly relatedId: DraftView['relatedId'];
  readonly accountId: DraftView['accountId'];
  readonly #ports: DraftPorts;
  readonly #listeners = new Set<() => void>();
  #snapshot: DraftSnapshot;
  #revision: number;
  #readBody: (() => string) | null = null;
  #dirty = false;
  #cursorMoved = false;
  #begun = false;
  #cancelTimer: (() => void) | null = null;
  #saving: Promise<Outcome<null, FailureView>> = Promise.resolve(ok(null));

  constructor(view: DraftView, ports: DraftPorts) {
    this.id = view.id;
    this.kind = view.kind;
    this.relatedId = view.relatedId;
    this.accountId = view.accountId;
    this.#ports = ports;
    this.#revision = view.revision;
    this.#snapshot = {
      content: view.content,
      attachments: view.attachments,
      saved: view.saved,
      failure: null,
      editedElsewhere: view.editedElsewhere,
      epoch: 0,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly snapshot = (): DraftSnapshot => this.#snapshot;

  get revision(): number {
    return this.#revision;
  }

  /** Changes fields; a body given here replaces what is in the editor. */
  change(patch: Partial<DraftContent>): void {
    const replaced = patch.body !== undefined;
    if (replaced) this.#readBody = null;
    const epoch = this.#snapshot.epoch + (replaced ? 1 : 0);
    this.#set({ content: { ...this.#snapshot.content, ...patch }, epoch });
    this.#touch();
  }

  /** What a letter begins with; not saved before somebody writes, so that an untouched one goes away when closed. */
  beginWith(body: string): void {
    this.#begun = true;
    this.#set({ content: { ...this.#snapshot.content, body }, epoch: this.#snapshot.epoch + 1 });
  }

  /** Something was typed; `read` gives the whole body when it is saved (APP-344). */
  typed(read: () => string): void {
    this.#readBody = read;
    this.#touch();
  }

  /** Where the cursor is; kept with the next save, no reason for one. */
  cursorAt(cursor: string): void {
    if (cursor === this.#snapshot.content.cursor) return;
    this.#snapshot = { ...this.#snapshot, content: { ...this.#snapshot.content, cursor } };
    this.#cursorMoved = true;
  }

  /** The body as it is now, the newest keystroke included. */
  body(): string {
    return this.#readBody?.() ?? this.#snapshot.content.body;
  }

  /** What the host says about it now. */
  observe(view: DraftView): void {
    if (view.id !== this.id) return;
    const news = view.revision > this.#revision && !this.#dirty && this.#snapshot.saved !== 'writing';
    if (news) {
      this.#revision = view.revision;
      this.#readBody = null;
      const other = view.content.body !== this.#snapshot.content.body;
      this.#set({ content: view.content, epoch: this.#snapshot.epoch + (other ? 1 : 0) });
    }
    const current = view.revision === this.#revision && this.#snapshot.saved !== 'writing';
    this.#set({
      attachments: view.attachments,
      editedElsewhere: view.editedElsewhere,
      ...(current ? { saved: view.saved, failure: null } : {}),
    });
  }

  /** Takes over what the engine made of it: an older version, an undone send. */
  replace(view: DraftView): void {
    this.#stopTimer();
    this.#dirty = false;
    this.#readBody = null;
    this.#revision = view.revision;
    this.#set({
      content: view.content,
      attachments: view.attachments,
      saved: view.saved,
      failure: null,
      editedElsewhere: view.editedElsewhere,
      epoch: this.#snapshot.epoch + 1,
    });
  }

  /**
   * Before sending: what the letter began with is part of it, also when nothing was typed (APP-135), and taken back it
   * opens where one was writing (APP-128).
   */
  keepBeginning(): void {
    if (this.#cursorMoved || this.#begun) this.#dirty = true;
  }

  /** Everything that is written is at the engine when this answers. */
  async flush(): Promise<Outcome<null, FailureView>> {
    this.#stopTimer();
    let outcome = await this.#saving;
    // What was typed while a save was on its way is saved after it.
    while (this.#dirty) {
      outcome = await this.#save();
      if (!outcome.ok) return outcome;
    }
    return outcome;
  }

  #touch(): void {
    this.#dirty = true;
    if (this.#snapshot.saved !== 'writing') this.#set({ saved: 'writing' });
    this.#cancelTimer ??= this.#ports.later(() => {
      this.#cancelTimer = null;
      void this.#save();
    }, SAVE_AFTER_MS);
  }

  #save(): Promise<Outcome<null, FailureView>> {
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  async #saveNow(): Promise<Outcome<null, FailureView>> {
    if (!this.#dirty) return ok(null);
    this.#dirty = false;
    this.#cursorMoved = false;
    this.#begun = false;
    const content = { ...this.#snapshot.content, body: this.body() };
    this.#snapshot = { ...this.#snapshot, content };
    let outcome = await this.#store(content);
    if (!outcome.ok && outcome.failure.kind === 'conflict') {
      // Another window saved in between: theirs stays in the history, what is typed here is the newest.
      const now = await this.#ports.call('drafts.get', { draftId: this.id });
      if (now.ok && now.value !== null) {
        this.#revision = now.value.revision;
        outcome = await this.#store(content);
      }
    }
    if (!outcome.ok) {
      this.#dirty = true;
      this.#set({ saved: 'failed', failure: outcome.failure });
      return outcome;
    }
    this.#revision = outcome.value.revision;
    this.#set({ saved: this.#dirty ? 'writing' : 'computer', failure: null });
    return ok(null);
  }

  #store(content: DraftContent) {
    return this.#ports.call('drafts.save', { draftId: this.id, baseRevision: this.#revision, content });
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #set(patch: Partial<DraftSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...patch };
    for (const listener of [...this.#listeners]) listener();
  }
}
