import type { Collection, Key, Node } from 'react-stately';
import { lineName, type SidebarLine } from './sidebar-lines';

export type LineNode = Node<SidebarLine>;

/** The visible lines as the collection that react-aria's tree walks; a line that is folded away is not in it. */
export class LineCollection implements Collection<LineNode> {
  readonly #nodes: readonly LineNode[];
  readonly #at: ReadonlyMap<Key, number>;
  readonly #children: ReadonlyMap<Key | null, readonly LineNode[]>;

  constructor(lines: readonly SidebarLine[]) {
    const children = new Map<Key | null, LineNode[]>();
    this.#nodes = lines.map((line) => {
      const siblings = children.get(line.parent) ?? [];
      children.set(line.parent, siblings);
      const node: LineNode = {
        type: 'item',
        key: line.key,
        value: line,
        // Theirs begin at 0.
        level: line.level - 1,
        index: siblings.length,
        parentKey: line.parent,
        hasChildNodes: line.expanded !== null,
        childNodes: [],
        rendered: null,
        textValue: line.label,
        'aria-label': lineName(line),
        props: {},
      };
      siblings.push(node);
      return node;
    });
    this.#at = new Map(lines.map(({ key }, at) => [key, at]));
    this.#children = children;
  }

  get size(): number {
    return this.#nodes.length;
  }
  [Symbol.iterator](): Iterator<LineNode> {
    return this.#nodes[Symbol.iterator]();
  }
  getKeys(): Iterable<Key> {
    return this.#at.keys();
  }
  at(index: number): LineNode | null {
    return this.#nodes[index] ?? null;
  }
  getItem(key: Key): LineNode | null {
    return this.at(this.#at.get(key) ?? -1);
  }
  getKeyBefore(key: Key): Key | null {
    return this.at((this.#at.get(key) ?? -1) - 1)?.key ?? null;
  }
  getKeyAfter(key: Key): Key | null {
    return this.at((this.#at.get(key) ?? this.size) + 1)?.key ?? null;
  }
  getFirstKey(): Key | null {
    return this.at(0)?.key ?? null;
  }
  getLastKey(): Key | null {
    return this.at(this.size - 1)?.key ?? null;
  }
  getChildren(key: Key): Iterable<LineNode> {
    return this.#children.get(key) ?? [];
  }
}
