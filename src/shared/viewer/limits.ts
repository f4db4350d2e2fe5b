/** Bounds of the message frame; apart from the schemas, so that the viewer script carries no zod. */

/** Larger HTML is cut before it is sanitised, so that a huge message shows its beginning at once (APP-101). */
export const MAX_HTML_CHARS = 400_000;

/** Where somebody asked for all of it: beyond, what draws it would be busy for too long, and the source has the rest. */
export const MAX_WHOLE_CHARS = 4_000_000;

/** So much of a long message is drawn first and reported, the rest right after it (APP-101). */
export const FIRST_HTML_CHARS = 80_000;

/** A taller message scrolls inside its frame; this stops a message from making the conversation endless. In pixels. */
export const MAX_FRAME_HEIGHT = 60_000;

/** How many pictures of one message are fetched from local data. */
export const MAX_INLINE_IMAGES = 200;
