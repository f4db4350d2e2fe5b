/** Every bound and deadline of a submission, with its unit and its reason (RFC 5321 section 4.5.3). */

/** TCP connect and TLS handshake each: longer means nobody is there. */
export const CONNECT_MS = 15_000;
/** Some servers greet late on purpose, to see who cannot wait. */
export const GREETING_MS = 60_000;
/** The connection test answers while a person waits (SYNC-002). */
export const PROBE_CONNECT_MS = 5_000;
/** EHLO, STARTTLS, AUTH: a server that thinks for longer has forgotten us. */
export const COMMAND_MS = 60_000;
/** MAIL and RCPT: servers look up names and policies (RFC 5321 4.5.3.2.2). */
export const ENVELOPE_MS = 5 * 60_000;
/** The answer to DATA (RFC 5321 4.5.3.2.4). */
export const DATA_MS = 2 * 60_000;
/** The link takes nothing of the message for this long (RFC 5321 4.5.3.2.5). */
export const BLOCK_MS = 3 * 60_000;
/** After the last byte: giving up earlier makes doubled mail (RFC 1047, SYNC-277). */
export const FINAL_REPLY_MS = 10 * 60_000;

/** QUIT is a courtesy; afterwards the socket is destroyed (SYNC-403). */
export const QUIT_MS = 2_000;

/** One line of a reply; RFC 5321 allows 512, servers write longer ones. */
export const MAX_LINE_BYTES = 8 * 1024;
/** Lines of one reply: an EHLO has about twenty. */
export const MAX_REPLY_LINES = 200;
/** Replies that nobody asked for yet: well above those on their way with PIPELINING. */
export const MAX_UNREAD_REPLIES = 100;
/** Text of a reply that is kept, in characters. */
export const MAX_SERVER_TEXT = 500;
/** Bytes handed to the socket at once: small enough that progress is seen. */
export const CHUNK_BYTES = 64 * 1024;
/** RCPT commands on their way at once where the server offers PIPELINING: more would fill its input unread. */
export const RCPT_AHEAD = 20;
