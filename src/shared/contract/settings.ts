import { z } from 'zod';
import { KEY_PRESETS } from '../keyboard/key-map';
import { NotificationSettings } from './notification-settings';
import { MAX_QUERY } from './search-views';

/** Window settings and preferences: one JSON document, unknown keys survive (APP-251). */
export const Settings = z.looseObject({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['compact', 'normal', 'relaxed']).catch('normal'),
  layout: z.enum(['columns', 'table']).catch('columns'),
  /** 'off': a message opens as a page, in place of the list (UI-003). */
  readingPane: z.enum(['on', 'off']).catch('on'),
  /** Rows can be pulled aside by a finger (UI-028). */
  swipe: z.boolean().catch(true),
  tableColumns: z.array(z.string()).catch(['star', 'sender', 'subject', 'size', 'date']),
  /** Pane widths in CSS pixels. */
  panes: z.looseObject({ sidebar: z.number(), list: z.number() }).catch({ sidebar: 240, list: 400 }),
  /** Milliseconds in view before a message counts as read; null = never (APP-097). */
  markReadAfterMs: z.int().min(0).max(10_000).nullable().catch(1000),
  afterArchive: z.enum(['next', 'previous', 'list']).catch('next'),
  singleKeyShortcuts: z.boolean().catch(true),
  keyPreset: z.enum(KEY_PRESETS).catch('gmail'),
  /** Own keys by command, in the place of the preset's (APP-252). */
  keyBindings: z.record(z.string(), z.array(z.string().min(1).max(40)).max(8)).catch({}),
  bodyPreference: z.enum(['html', 'text']).catch('html'),
  textZoomPercent: z.int().min(50).max(300).catch(100),
  fixedWidth: z.boolean().catch(false),
  /** Seconds in which a message that was sent can be taken back (APP-128). */
  undoSendSeconds: z
    .union([z.literal(0), z.literal(5), z.literal(10), z.literal(30), z.literal(60)])
    .catch(10),
  composeFormat: z.enum(['html', 'text']).catch('html'),
  /** Where one writes in an answer: above the quoted message or below it (APP-122). */
  answerPlace: z.enum(['above-quote', 'below-quote']).catch('above-quote'),
  /** Composers that were open, so that they come back after a restart (APP-137). */
  openDrafts: z.array(z.int().positive()).max(20).catch([]),
  readReceipts: z.enum(['ask', 'never', 'always-for-contacts']).catch('ask'),
  notifications: NotificationSettings,
  /** New mail is said to those who hear the window instead of seeing it (APP-308). */
  announceNewMail: z.boolean().catch(true),
  closeToTray: z.boolean().catch(false),
  /** Started hidden when the user signs in to the computer (APP-275). */
  startAtLogin: z.boolean().catch(false),
  /** On Linux: the system's own title bar instead of the top bar (UI-004). */
  systemTitleBar: z.boolean().catch(true),
  /** A letter that came to two accounts counts once in the inbox of all accounts (SYNC-384). */
  countDuplicatesOnce: z.boolean().catch(false),
  /** Headers of dates between the rows of a list that is newest first (UI-025). */
  dateGroups: z.boolean().catch(false),
  collapsed: z.array(z.string()).catch([]),
  /** Searches that stand in the side bar (APP-172): the query and its order. */
  savedSearches: z
    .array(z.looseObject({ query: z.string().max(MAX_QUERY), sort: z.enum(['newest', 'relevance']) }))
    .catch([]),
  /** What was searched for, newest first. */
  recentSearches: z.array(z.string().max(MAX_QUERY)).catch([]),
  /** Senders (addresses) whose dark-mode rendering the user toggled. */
  darkMessageOverrides: z.record(z.string(), z.enum(['card', 'recolour'])).catch({}),
});
export type Settings = z.infer<typeof Settings>;
