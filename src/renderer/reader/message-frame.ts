import type { MessageId } from '../../shared/domain';
import { FromViewer, type PortOffer, type ShowMessage, type ToViewer } from '../../shared/viewer/protocol';
import { call } from '../transport/call';
import { readAtMost } from './read-at-most';

/** A frame that says nothing for this long, before it is ready or before it has drawn, gives way to the plain text (APP-365). */
export const FRAME_TIMEOUT_MS = 2000;

/** Larger pictures of a message are left out. In bytes. */
const MAX_IMAGE_BYTES = 20_000_000;

export interface FrameEvents {
  onMessage(message: FromViewer): void;
  /** The frame broke its word: it loaded a second time, or said something that is not in the protocol. */
  onBroken(): void;
}

/**
 * The app's end of one message frame. The frame's origin is opaque, so the port is offered to whatever document the
 * frame holds; that can only be the host's viewer, because the app's policy lets the frame load nothing else (APP-364).
 */
export class MessageFrame {
  readonly #element: HTMLIFrameElement;
  readonly #messageId: MessageId;
  readonly #inside: readonly number[];
  readonly #events: FrameEvents;
  #port: MessagePort | null = null;
  #asked = new Set<string>();

  constructor(
    element: HTMLIFrameElement,
    messageId: MessageId,
    inside: readonly number[],
    events: FrameEvents,
  ) {
    this.#element = element;
    this.#messageId = messageId;
    this.#inside = inside;
    this.#events = events;
    element.addEventListener('load', this.#onLoad);
  }

  show(message: ShowMessage): void {
    this.#send(message);
  }

  zoom(percent: number): void {
    this.#send({ kind: 'zoom', percent });
  }

  /** Keys of the app that the browser would do something else with. */
  keep(keys: readonly string[]): void {
    this.#send({ kind: 'keys', keys });
  }

  close(): void {
    this.#element.removeEventListener('load', this.#onLoad);
    this.#port?.close();
    this.#port = null;
  }

  #send(message: ToViewer, transfer: Transferable[] = []): void {
    this.#port?.postMessage(message, transfer);
  }

  #onLoad = (): void => {
    if (this.#port !== null) {
      this.close();
      this.#events.onBroken();
      return;
    }
    const channel = new MessageChannel();
    this.#port = channel.port1;
    channel.port1.onmessage = ({ data }) => this.#receive(data);
    const offer: PortOffer = { kind: 'homeport-port' };
    this.#element.contentWindow?.postMessage(offer, '*', [channel.port2]);
  };

  #receive(data: unknown): void {
    const message = FromViewer.safeParse(data);
    if (!message.success) {
      this.close();
      this.#events.onBroken();
      return;
    }
    if (message.data.kind === 'shown')
      for (const contentId of message.data.imagesNeeded) void this.#sendImage(contentId);
    this.#events.onMessage(message.data);
  }

  async #sendImage(contentId: string): Promise<void> {
    if (this.#asked.has(contentId)) return;
    this.#asked.add(contentId);
    const inside = this.#inside.length === 0 ? {} : { inside: [...this.#inside] };
    const part = { kind: 'cid' as const, contentId, ...inside };
    const place = await call('content.url', { messageId: this.#messageId, part, disposition: 'inline' });
    if (!place.ok) return;
    const response = await fetch(place.value.url).catch(() => null);
    if (!response?.ok) return;
    const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
    const bytes = await readAtMost(response, MAX_IMAGE_BYTES).catch(() => null);
    if (bytes === null) return;
    this.#send({ kind: 'image', contentId, mediaType, bytes }, [bytes]);
  }
}
