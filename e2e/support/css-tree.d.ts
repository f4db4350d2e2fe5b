/** The parts of css-tree with which a flow reads built style sheets. */
declare module 'css-tree' {
  interface CssNode {
    readonly type: string;
    readonly name: string;
    readonly property: string;
    readonly value: CssNode;
  }
  interface Place {
    readonly atrule: { readonly name: string } | null;
  }
  export function parse(css: string, options?: { readonly parseCustomProperty: boolean }): CssNode;
  export function walk(root: CssNode, visit: (this: Place, node: CssNode) => void): void;
  export function generate(node: CssNode): string;
}
