import { Node } from '@tiptap/core';
import { composeStrings } from '../../strings/compose';
import { pictureUrl, whenPicture } from '../pictures';

/** Narrowest a picture may be drawn, in CSS px: still a target for the pointer. */
const MIN_WIDTH = 24;
const MAX_WIDTH = 4_000;
/** One press of an arrow key changes the width by so many CSS px. */
const STEP = 16;

/** Names a picture in elements of the window, where `src` would be followed. */
const CID = 'data-cid';

/** Pictures below `root`, of an inert document, named as letters name them. */
export function nameByCid(root: Element): void {
  for (const image of root.querySelectorAll(`img[${CID}]`)) {
    image.setAttribute('src', image.getAttribute(CID) ?? '');
    image.removeAttribute(CID);
  }
}

/**
 * A picture in the text: bytes are an attachment of the draft, the letter names them by `cid:` (RFC 2392). Pictures that
 * lie elsewhere are no part of a letter, so a pasted page brings none along. Width by dragging the corner or, selected, by
 * Shift and arrow keys (APP-127).
 */
export const InlineImage = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({
    // Not as `src`: what the editor draws without its own view would begin to load it.
    src: {
      default: null,
      parseHTML: (element) => element.getAttribute('src') ?? element.getAttribute(CID),
      renderHTML: ({ src }) => ({ [CID]: src }),
    },
    alt: { default: '' },
    width: {
      default: null,
      parseHTML: (element) => widthOf(element.getAttribute('width')),
    },
  }),
  parseHTML: () => [{ tag: 'img[src^="cid:"]' }, { tag: `img[${CID}^="cid:"]` }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
  addKeyboardShortcuts() {
    const widen = (by: number) => () => {
      const { selection } = this.editor.state;
      const node = this.editor.state.doc.nodeAt(selection.from);
      if (node?.type.name !== 'image' || selection.to - selection.from !== 1) return false;
      const dom = this.editor.view.nodeDOM(selection.from);
      const now = (node.attrs.width as number | null) ?? (dom as HTMLElement).offsetWidth;
      return this.editor.commands.updateAttributes('image', { width: clamp(now + by) });
    };
    return { 'Shift-ArrowRight': widen(STEP), 'Shift-ArrowLeft': widen(-STEP) };
  },
  addNodeView:
    () =>
    ({ node, getPos, editor }) => {
      let current = node;
      const dom = document.createElement('span');
      dom.dataset.picture = '';
      const image = document.createElement('img');
      const corner = document.createElement('span');
      corner.dataset.corner = '';
      corner.title = composeStrings.resizePicture;
      dom.append(image, corner);
      const show = () => {
        image.alt = (current.attrs.alt as string) || composeStrings.picture;
        const width = current.attrs.width as number | null;
        if (width === null) image.removeAttribute('width');
        else image.width = width;
        const contentId = String(current.attrs.src).slice('cid:'.length);
        const url = pictureUrl(contentId);
        if (url !== null) image.src = url;
      };
      const forget = whenPicture(show);
      show();
      corner.addEventListener('pointerdown', (down) => {
        down.preventDefault();
        corner.setPointerCapture(down.pointerId);
        const start = image.offsetWidth;
        const direction = getComputedStyle(dom).direction === 'rtl' ? -1 : 1;
        const widthAt = (event: PointerEvent) => clamp(start + direction * (event.clientX - down.clientX));
        const move = (event: PointerEvent) => {
          image.width = widthAt(event);
        };
        corner.addEventListener('pointermove', move);
        corner.addEventListener(
          'pointerup',
          (up) => {
            corner.removeEventListener('pointermove', move);
            const at = getPos();
            if (at === undefined) return;
            editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'width', widthAt(up)));
          },
          { once: true },
        );
      });
      return {
        dom,
        update: (next) => {
          if (next.type !== current.type) return false;
          current = next;
          show();
          return true;
        },
        destroy: forget,
      };
    },
});

function clamp(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
}

function widthOf(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? clamp(value) : null;
}
