import type { Columns } from '../../shared/columns';
import type { Packed, PackedBlob, PackedBody, PackedMessage } from '../../shared/observation';
import type { Outcome } from '../../shared/outcome';

/** What is done beside the thread of the engine, by its name: what it is given, and what comes back (SYNC-395). */
export interface Jobs {
  /** A whole message: parsed, compressed, hashed, its text extracted. */
  readonly message: { readonly given: { readonly source: Uint8Array }; readonly made: PackedBody };
  /** Text parts of a message that was not fetched whole, each as a message of its own. */
  readonly texts: { readonly given: { readonly parts: readonly Uint8Array[] }; readonly made: PackedTexts };
  /** Content that was fetched alone: decoded where it has a transfer encoding, compressed, hashed. */
  readonly blob: {
    readonly given: { readonly content: Uint8Array; readonly encoding: string | null };
    readonly made: PackedBlob;
  };
  /** Rows of a header download, as the server sent them. */
  readonly headers: { readonly given: HeaderLines; readonly made: ReadHeaders };
  /** The write-ahead log of a database, copied into its file as far as readers and the writer allow. */
  readonly 'copy-log': { readonly given: { readonly path: string }; readonly made: null };
}

export type JobName = keyof Jobs;
export type JobGiven<N extends JobName> = Jobs[N]['given'];
export type JobMade<N extends JobName> = Jobs[N]['made'];

export interface PackedTexts {
  readonly text: Packed | null;
  readonly html: Packed | null;
  readonly snippet: string;
  readonly charset: string | null;
}

/** Responses to one FETCH in one block, because thousands of small pieces are dear to hand over. */
export interface HeaderLines {
  readonly bytes: Uint8Array;
  /** Of each response: bytes of its line, how many literals follow, bytes of each. */
  readonly lengths: Uint32Array;
  /** True when only the server's own facts were asked for, because the rest was unreadable (SYNC-060). */
  readonly factsOnly: boolean;
}

export interface ReadHeaders {
  readonly messages: Columns<PackedMessage>;
  /** UIDs whose response was unreadable. */
  readonly broken: readonly number[];
}

/**
 * Where work is done that needs processor time and no store. Jobs are begun in the order they were given. What is
 * waiting and being worked on is bounded in bytes: who has more asks for `room` before fetching it.
 */
export interface Workbench {
  /** `cancelled` when the bench was closed before; `internal` when this very job broke the bench. Never rejects. */
  run<N extends JobName>(name: N, given: JobGiven<N>): Promise<Outcome<JobMade<N>>>;
  /** Resolves when there is room for more. */
  room(): Promise<void>;
  /** Ends what is going on; what was given is answered with `cancelled`. */
  close(): Promise<void>;
}
