import { type HostEvent, MAX_LINK_CHARS } from '../../shared/contract/events';
import { MessageId } from '../../shared/domain';

/** What the command line or the system asks a start, or a second start, to show. */
export type StartLink =
  | { readonly kind: 'mailto' | 'mid'; readonly url: string }
  | { readonly kind: 'message'; readonly messageId: MessageId };

/** `mailto:`, `mid:` and `homeport://message/ID` (APP-274); everything else is no link of ours. */
export function parseStartLink(text: string): StartLink | null {
  if (text.length > MAX_LINK_CHARS) return null;
  if (/^mailto:/i.test(text)) return { kind: 'mailto', url: text };
  if (/^mid:/i.test(text)) return { kind: 'mid', url: text };
  const id = MessageId.safeParse(Number(/^homeport:\/\/message\/(\d{1,15})\/?$/i.exec(text)?.[1]));
  return id.success ? { kind: 'message', messageId: id.data } : null;
}

/** The first link among the arguments of a start. */
export function linkOfArguments(argv: readonly string[]): StartLink | null {
  for (const argument of argv.slice(1)) {
    const link = argument.startsWith('-') ? null : parseStartLink(argument);
    if (link !== null) return link;
  }
  return null;
}

/** What the window is asked to do with a link. */
export function requestOf(link: StartLink): HostEvent {
  return link.kind === 'message'
    ? { kind: 'open-message', messageId: link.messageId }
    : { kind: 'open-link', url: link.url };
}
