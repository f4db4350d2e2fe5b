import { Archive, Inbox, Star, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Avatar } from '../../src/renderer/ui/avatar';
import { Banner } from '../../src/renderer/ui/banner';
import { Button } from '../../src/renderer/ui/button';
import { Chip } from '../../src/renderer/ui/chip';
import { ContextMenu } from '../../src/renderer/ui/context-menu';
import { Details } from '../../src/renderer/ui/details';
import { Dialog } from '../../src/renderer/ui/dialog';
import { Disclosure } from '../../src/renderer/ui/disclosure';
import { EmptyState } from '../../src/renderer/ui/empty-state';
import { IconButton } from '../../src/renderer/ui/icon-button';
import { Key } from '../../src/renderer/ui/key';
import { announce } from '../../src/renderer/ui/live-region';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../../src/renderer/ui/menu';
import { PasswordField } from '../../src/renderer/ui/password-field';
import { Popover } from '../../src/renderer/ui/popover';
import { ProgressBar } from '../../src/renderer/ui/progress-bar';
import { Select } from '../../src/renderer/ui/select';
import { Switch } from '../../src/renderer/ui/switch';
import { TextField } from '../../src/renderer/ui/text-field';
import { VisuallyHidden } from '../../src/renderer/ui/visually-hidden';
import { Wait } from '../../src/renderer/ui/wait';
import styles from './stories.module.css';

const nothing = () => undefined;
const HUES = [0, 1, 2, 3, 4, 5, 6, 7];

/** A button "Open NAME" and what it opens. */
function Opener({ name, children }: { name: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{`Open ${name}`}</Button>
      {open ? children(() => setOpen(false)) : null}
    </>
  );
}

const items = (
  <>
    <MenuSection title="Section" selected={['on']} multiple>
      <MenuItem id="on" label="Ticked" onAction={nothing} />
      <MenuItem id="off" label="Not ticked" onAction={nothing} />
    </MenuSection>
    <MenuSeparator />
    <MenuItem icon={<Archive />} label="Archive" shortcut="E" onAction={nothing} />
    <MenuItem label="With a detail" detail="14:00" onAction={nothing} />
    <MenuItem label="Cannot be chosen" isDisabled onAction={nothing} />
    <MenuItem icon={<Trash2 />} label="Delete for ever" danger onAction={nothing} />
  </>
);

/** Every component of `src/renderer/ui` by the name of its file, in all its states (UI-095). */
export const STORIES: Readonly<Record<string, () => ReactNode>> = {
  avatar: () =>
    HUES.map((hue) => (
      <Avatar key={hue} name="Anna Maier" hue={hue} size={([24, 32, 36] as const)[hue % 3] ?? 32} />
    )),
  banner: () => (
    <>
      {(['info', 'warning', 'danger', 'success'] as const).map((tone) => (
        <Banner key={tone} tone={tone} actions={<Button size="small">Act</Button>}>
          {`A sentence that is ${tone}.`}
        </Banner>
      ))}
    </>
  ),
  button: () =>
    (['primary', 'danger', 'plain', 'quiet'] as const).map((variant) => (
      <div key={variant} className={styles.states}>
        {(['small', 'normal', 'large'] as const).map((size) => (
          <Button key={size} variant={variant} size={size} icon={<Inbox />}>
            {variant}
          </Button>
        ))}
        <Button variant={variant} isDisabled>
          Disabled
        </Button>
        <Button variant={variant} isPending>
          Pending
        </Button>
      </div>
    )),
  chip: () => (
    <>
      <Chip>Plain</Chip>
      {HUES.map((hue) => (
        <Chip key={hue} hue={hue}>
          {`Hue ${hue + 1}`}
        </Chip>
      ))}
    </>
  ),
  'context-menu': () => (
    <Opener name="context menu">
      {(close) => (
        <ContextMenu at={{ x: 200, y: 200 }} label="Context menu" onClose={close}>
          {items}
        </ContextMenu>
      )}
    </Opener>
  ),
  details: () => <Details text="550 5.1.1 <nobody@example.org>: no such mailbox" />,
  dialog: () => (
    <Opener name="dialog">
      {(close) => (
        <Dialog
          title="Delete for ever?"
          onClose={close}
          actions={
            <>
              <Button onPress={close}>Cancel</Button>
              <Button variant="danger">Delete 214 for ever</Button>
            </>
          }
        >
          <p>This cannot be undone.</p>
        </Dialog>
      )}
    </Opener>
  ),
  disclosure: () => (
    <>
      <Disclosure label="Folded">Nothing to see yet</Disclosure>
      <Disclosure label="Unfolded" detail="with a second voice" startsOpen>
        What was folded
      </Disclosure>
    </>
  ),
  'empty-state': () => (
    <EmptyState icon={<Inbox />} title="All done" text="Nothing in your inbox. Last checked 12:04.">
      <Button>Load when online</Button>
    </EmptyState>
  ),
  'icon-button': () => (
    <>
      {(['small', 'normal'] as const).map((size) => (
        <IconButton key={size} label={`Archive ${size}`} shortcut="E" size={size}>
          <Archive />
        </IconButton>
      ))}
      <IconButton label="Active" isActive>
        <Star />
      </IconButton>
      <IconButton label="Disabled" isDisabled>
        <Trash2 />
      </IconButton>
    </>
  ),
  key: () => (
    <>
      <Key keys="E" />
      <Key keys="G I" />
      <Key keys="Ctrl+Shift+K" />
    </>
  ),
  'live-region': () => <Button onPress={() => announce('Said aloud')}>Announce</Button>,
  menu: () => (
    <Menu label="Menu" trigger={<Button>Open menu</Button>}>
      {items}
    </Menu>
  ),
  'password-field': () => <PasswordField label="Password" value="secret" onChange={nothing} />,
  popover: PopoverStory,
  'progress-bar': () =>
    [0, 0.4, 1, null].map((share) => (
      <div key={String(share)} className={styles.bar}>
        <ProgressBar label={`Loading ${share}`} share={share} />
        <ProgressBar label={`Along an edge ${share}`} share={share} variant="edge" />
      </div>
    )),
  select: () => (
    <>
      {(['plain', 'quiet'] as const).map((variant) => (
        <Select
          key={variant}
          label={`Density ${variant}`}
          value="normal"
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'normal', label: 'Normal' },
          ]}
          onChange={nothing}
          variant={variant}
          description="How high rows are."
        />
      ))}
    </>
  ),
  switch: () => (
    <>
      <Switch label="Off" isSelected={false} onChange={nothing} />
      <Switch label="On" isSelected onChange={nothing} />
      <Switch label="Off for good" isSelected={false} isDisabled onChange={nothing} />
      <Switch label="On for good" isSelected isDisabled onChange={nothing} />
    </>
  ),
  'text-field': () => (
    <>
      <TextField label="Name" value="" placeholder="Anna" description="Others see it." onChange={nothing} />
      <TextField label="Address" value="anna@" error="Enter a whole address" onChange={nothing} />
      <TextField label="Large" value="Large" size="large" onChange={nothing} />
      <TextField label="Disabled" value="Fixed" isDisabled onChange={nothing} />
    </>
  ),
  tooltip: () => (
    <IconButton label="Shown on focus" shortcut="E">
      <Archive />
    </IconButton>
  ),
  'visually-hidden': () => (
    <VisuallyHidden>
      <span>Heard and not seen</span>
    </VisuallyHidden>
  ),
  wait: () => (
    <>
      {([null, 'bar', 'words'] as const).map((phase) => (
        <Wait key={phase} phase={phase} text="Testing the connection" share={null} onCancel={nothing} />
      ))}
      <Wait phase="words" text="Loading 3 of 12, without a bar of its own" />
      <Wait phase="words" text="Loading 3 of 12" share={0.25} />
    </>
  ),
};

function PopoverStory() {
  const trigger = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <div ref={trigger}>
      <Button onPress={() => setOpen(true)}>Open popover</Button>
      <Popover triggerRef={trigger} isOpen={open} onOpenChange={setOpen} label="Popover">
        <p>A panel that hangs on its trigger.</p>
      </Popover>
    </div>
  );
}
