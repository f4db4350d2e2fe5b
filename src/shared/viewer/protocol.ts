import { z } from 'zod';
import { MAX_FRAME_HEIGHT, MAX_INLINE_IMAGES } from './limits';

/**
 * What the app and the message frame say to each other over their one MessagePort (APP-364). The app trusts nothing
 * that comes back: `FromViewer` is a schema and every field is bounded, while `ToViewer` is only a type.
 */

/** How the frame ended up drawing the message (UI-044). */
export const Rendering = z.enum(['light', 'own-dark', 'recoloured', 'card']);
export type Rendering = z.infer<typeof Rendering>;

/** The app's colours and font, as CSS values, for everything the message leaves open. */
export interface ViewerTheme {
  readonly scheme: 'light' | 'dark';
  readonly background: string;
  readonly text: string;
  readonly link: string;
  readonly border: string;
  readonly font: string;
}

export interface ShowMessage {
  readonly kind: 'show';
  /** As sent; the frame sanitises it. */
  readonly html: string;
  readonly theme: ViewerTheme;
  /** What to do with a message on a dark surface; 'auto' decides by the message (UI-044). */
  readonly dark: 'auto' | 'card' | 'recolour';
  /** True when the frame's policy lets https pictures through. */
  readonly remoteImages: boolean;
  readonly zoomPercent: number;
  /** True when somebody asked for all of a long message: another bound holds. */
  readonly whole: boolean;
  /** Words for the control in front of quoted text. */
  readonly strings: { readonly showQuote: string; readonly hideQuote: string; readonly blockedImage: string };
}

export type ToViewer =
  | ShowMessage
  | { readonly kind: 'zoom'; readonly percent: number }
  /** Keys that mean something to the app: the browser must not do with them what it would do in a page. */
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** Bytes of a picture the message carries itself, answer to `imagesNeeded`. */
  | {
      readonly kind: 'image';
      readonly contentId: string;
      readonly mediaType: string;
      readonly bytes: ArrayBuffer;
    };

/** The first message to the frame's window; carries the port and nothing else. */
export interface PortOffer {
  readonly kind: 'homeport-port';
}

const Href = z.string().max(8000);

export const FromViewer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({
    kind: z.literal('shown'),
    rendering: Rendering,
    /** Remote pictures and backgrounds left out. */
    blockedImages: z.int().nonnegative(),
    /** True when the HTML was cut at the bound that holds. */
    truncated: z.boolean(),
    /** Content-IDs the message refers to. */
    imagesNeeded: z.array(z.string().max(1000)).max(MAX_INLINE_IMAGES),
  }),
  z.strictObject({ kind: z.literal('height'), px: z.number().min(0).max(MAX_FRAME_HEIGHT) }),
  z.strictObject({ kind: z.literal('link'), href: Href, text: z.string().max(500) }),
  z.strictObject({ kind: z.literal('link-hover'), href: Href.nullable() }),
  /** A link inside the message: pixels from the frame's top to what it names. */
  z.strictObject({ kind: z.literal('reveal'), top: z.number().min(0).max(MAX_FRAME_HEIGHT) }),
  z.strictObject({
    kind: z.literal('key'),
    key: z.string().min(1).max(32),
    code: z.string().max(32),
    ctrl: z.boolean(),
    shift: z.boolean(),
    alt: z.boolean(),
    meta: z.boolean(),
    /** Made by AltGr, which arrives as Ctrl and Alt too on some systems. */
    altGraph: z.boolean(),
  }),
]);
export type FromViewer = z.infer<typeof FromViewer>;
