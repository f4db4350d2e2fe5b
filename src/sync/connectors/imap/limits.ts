/**
 * Every bound and deadline of an IMAP connection, with its unit and its reason (SYNC-125, SYNC-130). A server that
 * goes over one is treated as broken: typed failure, connection dropped, other mailboxes go on.
 */

/** TCP connect, TLS handshake and greeting each: longer means nobody is there. */
export const CONNECT_MS = 15_000;
/** The connection test answers while a person waits: within five seconds on a local network (SYNC-002). */
export const PROBE_CONNECT_MS = 5_000;
/** DNS to login in all: the three above plus capability, login and ID round trips on a slow line. */
export const LOGIN_MS = 60_000;
/** No byte at all during a command. FETCH and APPEND make progress, so only silence counts. */
export const QUIET_MS = 60_000;
/** Nothing is heard while a message goes up: a line that is slower than this has died. */
export const SLOWEST_UPLOAD_BYTES_PER_S = 4 * 1024;
/** LOGOUT is a courtesy; afterwards the socket is destroyed (SYNC-403). */
export const LOGOUT_MS = 2_000;
/** A connection unused for longer is proven before it is trusted: routers forget quiet connections. */
export const PROVE_AFTER_MS = 120_000;
/** A server that allowed no further connection is asked for one again after this (SYNC-123). */
export const FEWER_FOR_MS = 60 * 60_000;
/** The proof is one NOOP; a healthy server answers at once (SYNC-118). */
export const PROVE_MS = 5_000;

/** Some boxes end an IDLE after ten minutes (SYNC-115). */
export const IDLE_REISSUE_MS = 9 * 60_000;
/** Nothing at all for this long during IDLE: the link may be dead without a word (SYNC-117). */
export const IDLE_SILENCE_MS = 5 * 60_000;
/** DONE has to be answered within this time or the link is dead (SYNC-117). */
export const IDLE_DONE_MS = 15_000;
/** How often a watch looks whether the computer slept; a watch at rest needs no other timer. */
export const SLEEP_LOOK_MS = 60_000;
/** The clocks went apart by more than this: the computer slept, or somebody set the clock. */
export const SLEPT_MS = 10_000;
/** Two "dirty" events are never closer: a burst of arrivals is one reason to look (SYNC-120). */
export const DIRTY_SPACING_MS = 500;
/** News that a connection at work hears are one reason to look in this time: the look may bring them again (SYNC-080). */
export const NEWS_SPACING_MS = 10_000;
/** Without IDLE the mailbox is asked this often while nobody can see a window (SYNC-119). */
export const POLL_HIDDEN_MS = 5 * 60_000;
/** Without IDLE the mailbox is asked this often while a window can be seen (SYNC-119). */
export const POLL_MS = 60_000;

/** One response line without literals: a BODYSTRUCTURE of 1,000 parts fits twenty times. */
export const MAX_LINE_BYTES = 1_000_000;
/** One literal of a pull; larger bodies are read in ranges. */
export const MAX_LITERAL_BYTES = 64 * 1024 * 1024;
/** One response with all its literals; above the literal bound because the rest of the line counts too. */
export const MAX_RESPONSE_BYTES = 80 * 1024 * 1024;
/** A listing with more is not a person's account. */
export const MAX_MAILBOXES = 10_000;
/** Namespaces of a server; each is one pattern more in every listing. */
export const MAX_NAMESPACES = 20;
/** STATUS commands on their way at once where there is no LIST-STATUS: more would fill a server's input unread. */
export const STATUS_AHEAD = 20;
/** Different alerts that wait to be shown; a server that has more to say is not read to the end. */
export const MAX_ALERTS = 20;
/** Flags on one message; a person's labels are a handful. */
export const MAX_FLAGS = 100;
/** Keywords of one mailbox: labels are made by people, and every one is a row in a menu. */
export const MAX_KEYWORDS = 500;
/** Nesting of a body structure; deeper levels are cut, the message stays. */
export const MAX_NESTING = 50;
/** Parts taken from one body structure. */
export const MAX_PARTS = 1_000;
/** The requested header fields of one message; the rest of a longer block is cut. */
export const MAX_HEADER_BYTES = 256 * 1024;
/**
 * Octets of a UID set on one command line. The whole line stays under 8,000 (SYNC-047): the longest that travels with a
 * set are two mailbox names, the flags of a STORE or the 500 octets of a header request.
 */
export const MAX_SET_CHARS = 6_000;
/** A longer mailbox name goes as a literal, which is no part of the command line (RFC 7162 4). */
export const MAX_QUOTED_NAME = 500;
/** Octets of the flags of one STORE. */
export const MAX_FLAGS_CHARS = 1_500;
/** Octets of the known UIDs sent with a QRESYNC SELECT; a longer list is left out (SYNC-072). */
export const MAX_KNOWN_UIDS_CHARS = 4_000;

/** Window sizes of the header download, in messages (SYNC-053). */
export const WINDOW_SMALL = 200;
export const WINDOW_MIDDLE = 1_000;
export const WINDOW_LARGE = 5_000;
/** A window under this time may grow, one over the second bound shrinks. */
export const WINDOW_GROW_MS = 2_000;
export const WINDOW_SHRINK_MS = 5_000;
/** Connections one window may cost while the message that breaks them is looked for: halving 5,000 takes 13, and two hide well. */
export const LOSSES_PER_WINDOW = 30;
/** Between them, from the second on. */
export const LOSS_PAUSE_MS = 500;
/** Bytes of header rows that are read together beside the engine's thread: some 200 messages, 5 ms of work. */
export const HEADER_BLOCK_BYTES = 192 * 1024;
/** Bytes of header rows that wait to be read; from there on the server waits too. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** Messages per FETCH of flags only: short lines, so more of them (SYNC-078). */
export const FLAG_SLICE = 10_000;
/** Newest messages whose flags are compared every cycle without CONDSTORE (SYNC-078). */
export const FLAG_NEWEST = 2_000;
/** UIDs per SEARCH when the server has no ESEARCH, or the answer might be longer than a line (SYNC-085). */
export const SEARCH_SLICE = 50_000;
/** Messages whose UIDs surely fit one line of an ESEARCH answer: ten digits and a comma each. */
export const ONE_ANSWER_UIDS = Math.floor(MAX_LINE_BYTES / 11) - 100;
/** Facts per batch, so that storing one is a short transaction. */
export const FACTS_PER_BATCH = 5_000;

/** Of a message without a Message-ID: header and text of what robots write fit several times. */
export const FINGERPRINT_BYTES = 16 * 1024;
/** Newest messages whose headers are read one by one for a Message-ID: some servers index what is searched late. */
export const LOOK_NEWEST = 500;
/** Messages of one Message-ID or one draft that are looked at; more are no accident. */
export const MAX_FOUND = 200;

/** Messages and bytes per FETCH of bodies (SYNC-058). */
export const BODY_GROUP_MESSAGES = 50;
export const BODY_GROUP_BYTES = 2 * 1024 * 1024;
/** Text of one part of a message too large to be fetched whole; the rest is in its source. */
export const TEXT_PART_BYTES = 4 * 1024 * 1024;
/** One range of a large part or source (SYNC-343). */
export const RANGE_BYTES = 1024 * 1024;

/** Highest UID there can be. Never '*': servers resolve it to the highest visible message (SYNC-073). */
export const MAX_UID = 4_294_967_295;
