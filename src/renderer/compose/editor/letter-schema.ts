import { Extension, type Extensions, getSchema, type JSONContent, Node } from '@tiptap/core';
import { Color, FontSize, TextStyle } from '@tiptap/extension-text-style';
import { DOMParser as SchemaParser } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { tableEditing } from '@tiptap/pm/tables';
import StarterKit from '@tiptap/starter-kit';
import { InlineImage } from './inline-image';
import { parseInert } from './parse-inert';
import { Signature } from './signature-node';

const spans = {
  colspan: {
    default: 1,
    parseHTML: (element: HTMLElement) => spanOf(element.getAttribute('colspan')),
  },
  rowspan: {
    default: 1,
    parseHTML: (element: HTMLElement) => spanOf(element.getAttribute('rowspan')),
  },
  colwidth: { default: null, rendered: false },
};

/** Cells that claim to be larger than this come from a broken page. */
const MAX_SPAN = 100;
function spanOf(text: string | null): number {
  const value = Number(text ?? 1);
  return Number.isInteger(value) && value > 0 ? Math.min(value, MAX_SPAN) : 1;
}

/** Lines that other programs show too, where style sheets are taken away. */
const CELL_STYLE = 'border: 1px solid #b0b8c1; padding: 4px 8px; vertical-align: top';

const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  extendNodeSchema: ({ name }) => (name.startsWith('table') ? { tableRole: ROLES[name] } : {}),
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', { style: 'border-collapse: collapse' }, ['tbody', 0]],
  addProseMirrorPlugins: () => [tableEditing()],
});
const ROLES: Readonly<Record<string, string>> = {
  table: 'table',
  tableRow: 'row',
  tableCell: 'cell',
  tableHeader: 'header_cell',
};
const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
});
const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes: () => spans,
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: ({ HTMLAttributes }) => ['td', { ...HTMLAttributes, style: CELL_STYLE }, 0],
});
const TableHeader = Node.create({
  name: 'tableHeader',
  content: 'block+',
  isolating: true,
  addAttributes: () => spans,
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['th', { ...HTMLAttributes, style: CELL_STYLE }, 0],
});

/** Tab leaves the editor (APP-304); lists are indented by keys that write nothing anywhere. */
const LeavingKeys = Extension.create({
  name: 'leavingKeys',
  priority: 1000,
  addKeyboardShortcuts() {
    return {
      'Mod-]': () => this.editor.commands.sinkListItem('listItem'),
      'Mod-[': () => this.editor.commands.liftListItem('listItem'),
    };
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        // Taken from the editor's own key map before it can act; the browser then does what it does with it.
        handleDOMEvents: {
          keydown: (_view, event) =>
            event.key === 'Tab' ||
            event.key === 'Escape' ||
            (event.key === 'Enter' && (event.ctrlKey || event.metaKey)),
        },
      },
    }),
  ],
});

/** What a letter may consist of (APP-121). */
export const LETTER_EXTENSIONS: Extensions = [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    trailingNode: false,
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      HTMLAttributes: { target: null, rel: null, class: null },
    },
  }),
  TextStyle,
  Color,
  FontSize,
  InlineImage,
  Signature,
  Table,
  TableRow,
  TableCell,
  TableHeader,
  LeavingKeys,
];

const letterSchema = getSchema(LETTER_EXTENSIONS);

/** A draft's HTML as the editor's own document; what the schema does not know falls away. */
export function letterFromHtml(html: string): JSONContent {
  return SchemaParser.fromSchema(letterSchema).parse(parseInert(html)).toJSON() as JSONContent;
}
