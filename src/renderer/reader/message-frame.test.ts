import { afterEach, expect, test } from 'vitest';
import { MessageId } from '../../shared/domain';
import type { FromViewer, ShowMessage, ToViewer } from '../../shared/viewer/protocol';
import { setCallBridge } from '../transport/call';
import { MessageFrame } from './message-frame';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** A frame without a screen: what loads in it gets the port that the app offers, as the viewer's document does. */
function frame() {
  const heard: FromViewer[] = [];
  const told: ToViewer[] = [];
  const state = {
    broken: 0,
    offers: [] as { offer: unknown; target: string }[],
    port: null as MessagePort | null,
  };
  const element = new EventTarget() as EventTarget & { contentWindow: unknown };
  element.contentWindow = {
    postMessage: (offer: unknown, target: string, [port]: MessagePort[]) => {
      state.offers.push({ offer, target });
      state.port = port ?? null;
      if (port) port.onmessage = ({ data }) => told.push(data);
    },
  };
  const messageFrame = new MessageFrame(element as unknown as HTMLIFrameElement, MessageId.parse(7), [], {
    onMessage: (message) => heard.push(message),
    onBroken: () => {
      state.broken += 1;
    },
  });
  opened.push({
    close: () => {
      messageFrame.close();
      state.port?.close();
    },
  });
  return {
    ...{ heard, told, state, messageFrame },
    load: () => element.dispatchEvent(new Event('load')),
    say: (data: unknown) => state.port?.postMessage(data),
  };
}

/** Messages between ports take a turn of the event loop or two. */
const delivered = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
};
const READY: FromViewer = { kind: 'ready' };
const SHOW = { kind: 'show', html: '<p>Hello</p>' } as ShowMessage;

test('UI-093 viewer frame: one port is offered to what loads first; the app shows, zooms and keeps keys through it', async () => {
  const { state, told, heard, messageFrame, load, say } = frame();
  messageFrame.show(SHOW);
  load();
  expect(state.offers).toEqual([{ offer: { kind: 'homeport-port' }, target: '*' }]);
  say(READY);
  await delivered();
  expect(heard).toEqual([READY]);
  messageFrame.show(SHOW);
  messageFrame.zoom(120);
  messageFrame.keep(['Mod+k']);
  await delivered();
  // What was sent before there was anybody to hear it is not kept: the frame says when it is ready.
  expect(told).toEqual([SHOW, { kind: 'zoom', percent: 120 }, { kind: 'keys', keys: ['Mod+k'] }]);
});

test.each<[string, unknown]>([
  ['a kind nobody knows', { kind: 'open', href: 'https://x.example' }],
  ['a field too many', { kind: 'ready', token: 'x' }],
  ['no object', 'ready'],
  ['a height without end', { kind: 'height', px: Number.POSITIVE_INFINITY }],
  ['a height below nothing', { kind: 'height', px: -1 }],
  ['an address longer than any', { kind: 'link', href: 'x'.repeat(8_001), text: '' }],
  ['a text longer than any', { kind: 'link', href: 'https://x.example', text: 'x'.repeat(501) }],
  [
    'a key longer than any',
    {
      kind: 'key',
      key: 'x'.repeat(33),
      code: '',
      ctrl: false,
      shift: false,
      alt: false,
      meta: false,
      altGraph: false,
    },
  ],
  [
    'pictures without end',
    {
      kind: 'shown',
      rendering: 'light',
      blockedImages: 0,
      truncated: false,
      imagesNeeded: Array.from({ length: 100_000 }, () => 'a'),
    },
  ],
  [
    'a drawing nobody knows',
    { kind: 'shown', rendering: 'neon', blockedImages: 0, truncated: false, imagesNeeded: [] },
  ],
])(
  'UI-093 viewer frame: %s breaks the protocol, and the frame is not listened to any more',
  async (_what, said) => {
    const { state, heard, load, say } = frame();
    load();
    say(said);
    await delivered();
    expect([state.broken, heard]).toEqual([1, []]);
    say(READY);
    await delivered();
    expect([state.broken, heard]).toEqual([1, []]);
  },
);

test('UI-093 viewer frame: a second document in it gets no port, and the first is no longer listened to', async () => {
  const { state, heard, load, say } = frame();
  load();
  load();
  expect([state.broken, state.offers.length]).toEqual([1, 1]);
  say(READY);
  await delivered();
  expect(heard).toEqual([]);
});

test('UI-093 viewer frame: a picture is asked for once, whatever the frame says how often', async () => {
  const asked: unknown[] = [];
  setCallBridge({
    call: async (_method, input) => {
      asked.push(input);
      return { ok: false, failure: { kind: 'not-found', message: 'No such picture.' } };
    },
  });
  const { load, say } = frame();
  load();
  const shown = {
    kind: 'shown',
    rendering: 'light',
    blockedImages: 0,
    truncated: false,
    imagesNeeded: ['a', 'b', 'a'],
  };
  say(shown);
  say(shown);
  await delivered();
  expect(asked).toEqual(
    ['a', 'b'].map((contentId) => ({
      messageId: 7,
      part: { kind: 'cid', contentId },
      disposition: 'inline',
    })),
  );
});

test('UI-093 viewer frame: what comes after it was closed is nobody’s', async () => {
  const { state, heard, messageFrame, load, say } = frame();
  load();
  messageFrame.close();
  say(READY);
  load();
  await delivered();
  expect([state.broken, heard]).toEqual([0, []]);
});
