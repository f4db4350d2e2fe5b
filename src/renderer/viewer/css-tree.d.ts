/** The three parts of css-tree the viewer uses, without its property dictionary (which would triple the script). */
declare module 'css-tree/parser' {
  import type { CssNode } from 'css-tree/node';
  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export default function parse(
    css: string,
    options: {
      context: 'stylesheet' | 'declarationList';
      parseCustomProperty: boolean;
      onParseError: (error: Error) => void;
    },
  ): CssNode;
}

declare module 'css-tree/walker' {
  import type { CssNode } from 'css-tree/node';
  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export default function walk(node: CssNode, visit: (node: CssNode) => void): void;
}

declare module 'css-tree/generator' {
  import type { CssNode } from 'css-tree/node';
  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export default function generate(node: CssNode): string;
}

declare module 'css-tree/node' {
  export interface CssList {
    filter(keep: (node: CssNode) => boolean): CssList;
    some(test: (node: CssNode) => boolean): boolean;
    readonly size: number;
    readonly first: CssNode | null;
  }
  /** One loose shape for all node types: `type` says which of the fields are there. */
  export interface CssNode {
    type: string;
    name?: string | CssNode;
    property?: string;
    value?: string | CssNode | null;
    unit?: string;
    prelude?: CssNode | null;
    block?: CssNode | null;
    children?: CssList | null;
    matcher?: null;
    flags?: null;
  }
}
