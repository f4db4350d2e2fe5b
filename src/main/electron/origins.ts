/** The app's own origin in the desktop host (APP-362, APP-363). */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://homeport';
/** Message frames: every document has a random host, so no two share an origin (APP-364). */
export const MAIL_SCHEME = 'mail-content';

/** How the engine must treat our schemes; registered before the app is ready. Neither may bypass a content policy. */
export const PRIVILEGED_SCHEMES = [
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  { scheme: MAIL_SCHEME, privileges: { standard: true, secure: true } },
];
