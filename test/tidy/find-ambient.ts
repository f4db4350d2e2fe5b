import { parseSync } from '@swc/core';

/** Global names that give time or chance to whoever mentions them. */
const GLOBALS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'performance']);
/** Members of well-known objects that do the same. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  AbortSignal: ['timeout'],
  Temporal: ['Now'],
  globalThis: [...GLOBALS, 'crypto'],
  process: ['hrtime', 'uptime'],
};
const RANDOM = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
];
const TIMER_MODULES = /^(node:)?(timers(\/promises)?|perf_hooks)$/;
const CRYPTO_MODULES = /^(node:)?crypto$/;
/** Where an identifier is a name and not a reference. */
const NAME_FIELDS = new Set(['key', 'label']);

interface Node {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/**
 * What a TypeScript source takes from the surroundings although it should come as an argument: the clock, timers,
 * randomness. Comments, strings and members of our own objects (`clock.setTimeout`) do not count.
 * @returns one short name per use, such as `Date.now`
 */
export function findAmbient(source: string): string[] {
  const found: string[] = [];
  const cryptoNames = new Set(['crypto']);
  visit(parseSync(source, { syntax: 'typescript' }) as unknown as Node);
  return found;

  function visit(node: Node): void {
    if (node.type === 'ImportDeclaration') visitImport(node);
    if (node.type === 'ImportDeclaration' || node.type === 'TsTypeQuery') return;
    if (node.type === 'Identifier' && GLOBALS.has(String(node.value))) found.push(String(node.value));
    if (node.type === 'MemberExpression') visitMember(node);
    if (isDateWithoutArguments(node)) found.push(node.type === 'NewExpression' ? 'new Date()' : 'Date()');
    for (const [field, value] of Object.entries(node)) {
      if (NAME_FIELDS.has(field) || (field === 'property' && child(node, 'property')?.type === 'Identifier'))
        continue;
      for (const item of Array.isArray(value) ? value : [value]) {
        if (isNode(item)) visit(item);
      }
    }
  }

  function visitImport(node: Node): void {
    const module = String(child(node, 'source')?.value);
    if (node.typeOnly === true) return;
    if (TIMER_MODULES.test(module)) found.push(module);
    if (!CRYPTO_MODULES.test(module)) return;
    for (const specifier of node.specifiers as Node[]) {
      const local = String(child(specifier, 'local')?.value);
      const imported = String(child(specifier, 'imported')?.value ?? local);
      if (specifier.type !== 'ImportSpecifier') cryptoNames.add(local);
      else if (RANDOM.includes(imported)) found.push(`crypto.${imported}`);
    }
  }

  function visitMember(node: Node): void {
    const object = child(node, 'object');
    const property = String(child(node, 'property')?.value);
    if (object?.type !== 'Identifier') return;
    const name = String(object.value);
    if (MEMBERS[name]?.includes(property)) found.push(`${name}.${property}`);
    if (cryptoNames.has(name) && RANDOM.includes(property)) found.push(`crypto.${property}`);
  }
}

function isDateWithoutArguments(node: Node): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false;
  const callee = child(node, 'callee');
  if (callee?.type !== 'Identifier' || callee.value !== 'Date') return false;
  const given = node.arguments as readonly unknown[] | null | undefined;
  return node.type === 'CallExpression' || (given?.length ?? 0) === 0;
}

function child(node: Node, field: string): Node | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
