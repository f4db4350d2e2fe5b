import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';
import { COMMAND_IDS } from '../../src/shared/keyboard/key-map';
import { projectFiles, readProjectFile } from './project-files';

/** A JSX element as the parser gives it, as far as it is looked at here. */
interface Node {
  readonly type?: string;
  readonly opening?: {
    readonly name: { readonly value?: string };
    readonly attributes: readonly {
      readonly name?: { readonly value: string };
      readonly value?: { readonly value?: string };
    }[];
  };
}

/** What holds commands; a control in it that acts by itself would be a second binding. */
const HOLDERS = new Set(['Menu', 'ContextMenu', 'Toolbar']);
/** How a control says what it does. */
const ACTS = new Set(['onAction', 'onPress', 'onClick']);

/** The only place where a command becomes an item of a menu, or a button of a toolbar. */
const COMMANDS_OWN = ['src/renderer/commands/command-items.tsx', 'src/renderer/commands/command-button.tsx'];

/**
 * Menus whose items are no commands but answers to what a command asked, so that there is nothing the palette could
 * offer without the question; and bars that belong to one thing being edited or looked at.
 */
const OWN: Readonly<Record<string, string>> = {
  'src/renderer/actions/snooze-menu.tsx': 'until when, asked by mail.snooze',
  'src/renderer/panels/something-else.tsx': 'what to do instead with one refused change, asked by its entry',
  'src/renderer/compose/editor/editor-toolbar.tsx':
    'formats what is selected in the letter; keys and states are those of the editor',
  'src/renderer/preview/pdf-preview.tsx': 'pages and size of the one file, with the keys of its own viewer',
};

/**
 * Controls in a menu, context menu or toolbar that act by themselves instead of running a command. A choice is none:
 * it stands in a section that ticks what is so now, and sets a value.
 */
function boundControls(code: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown, held: boolean, chosen: boolean): void => {
    if (Array.isArray(node)) {
      for (const each of node) walk(each, held, chosen);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, opening } = node as Node;
    let inside = held;
    let choice = chosen;
    if (type === 'JSXElement' && opening) {
      const name = opening.name.value ?? '';
      const names = opening.attributes.flatMap((attribute) => attribute.name?.value ?? []);
      const isToolbar = opening.attributes.some(
        (attribute) => attribute.name?.value === 'role' && attribute.value?.value === 'toolbar',
      );
      const acts = names.filter((each) => ACTS.has(each));
      if ((held || name === 'MenuItem') && !choice && acts.length > 0)
        found.push(`${name} ${acts.join(' ')}`);
      inside ||= HOLDERS.has(name) || isToolbar;
      choice ||= name === 'MenuSection' && names.includes('selected');
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'span') walk(value, inside, choice);
  };
  walk(parseSync(code, { syntax: 'typescript', tsx: true }).body, false, false);
  return found;
}

test.each([
  ['<Menu label="a"><MenuItem label="b" onAction={() => archive()} /></Menu>', 1],
  ['<MenuItem label="b" onAction={archive} />', 1],
  ['<div role="toolbar"><IconButton label="b" onPress={() => archive()} /></div>', 1],
  ['<Toolbar>{all.map((one) => <span><button onClick={one.run} /></span>)}</Toolbar>', 1],
  ['<Menu label="a"><MenuSection title="b"><MenuItem onAction={x} /></MenuSection></Menu>', 1],
  ['<Menu label="a"><MenuSection title="b" selected={[c]}><MenuItem onAction={x} /></MenuSection></Menu>', 0],
  ['<ContextMenu at={at}><CommandItems groups={ALL} target={target} /></ContextMenu>', 0],
  ['<Menu trigger={<IconButton label="More" />}><CommandItem id="mail.star" /></Menu>', 0],
  ['<form><Button onPress={save} /></form>', 0],
])('controls bound by themselves in %s: %i', (code, count) => {
  expect(boundControls(`const a = ${code};`)).toHaveLength(count);
});

/** What `openDialog` is asked to open. */
function openedDialogs(code: string): string[] {
  return [...code.matchAll(/openDialog\(\{\s*kind: '([a-z-]+)'/g)].map(([, kind = '']) => kind);
}
const PALETTE = 'src/renderer/commands/palette.tsx';
const REGISTERS = /\b(useCommand|useCommandsOn|registerCommand)\(/;

const components = projectFiles('src/renderer', /\.tsx$/);
const sources = projectFiles('src/renderer', /(?<!\.test)\.tsx?$/).map(
  (file) => [file, readProjectFile(file)] as const,
);

test('UI-094 no menu, context menu or toolbar binds an action of its own: they hold commands of the registry, or choices', () => {
  const bound = components.flatMap((file) =>
    COMMANDS_OWN.includes(file)
      ? []
      : boundControls(readProjectFile(file)).map((what) => [file, what] as const),
  );
  expect(bound.filter(([file]) => OWN[file] === undefined)).toEqual([]);
  // A reason that is no longer needed goes.
  expect(Object.keys(OWN).filter((file) => !bound.some(([other]) => other === file))).toEqual([]);
  expect(COMMANDS_OWN.filter((file) => boundControls(readProjectFile(file)).length > 0)).toHaveLength(1);
});

test('UI-094 what a command opens is opened by that command alone, and every command has an action', () => {
  const byCommands = new Set(
    sources.flatMap(([, code]) => (REGISTERS.test(code) ? openedDialogs(code) : [])),
  );
  const besides = sources.flatMap(([file, code]) =>
    REGISTERS.test(code)
      ? []
      : openedDialogs(code)
          .filter((kind) => byCommands.has(kind))
          // The palette finds single settings as well, and any command may ask something.
          .filter((kind) => kind !== 'choose' && !(kind === 'settings' && file === PALETTE))
          .map((kind) => `${file}: ${kind}`),
  );
  expect([...byCommands].length).toBeGreaterThan(10);
  expect(besides).toEqual([]);
  const registering = sources
    .filter(([, code]) => REGISTERS.test(code))
    .map(([, code]) => code)
    .join('\n');
  expect(COMMAND_IDS.filter((id) => !registering.includes(`'${id}'`))).toEqual([]);
});

test('UI-094 one handler hears the keys of the window', () => {
  const hearing = sources.filter(([, code]) => /\b(window|document)\.addEventListener\(\s*'key/.test(code));
  expect(hearing.map(([file]) => file)).toEqual([
    'src/renderer/commands/use-shortcuts.ts',
    // Hands the keys of a message on to that one.
    'src/renderer/viewer/report-events.ts',
  ]);
});
