import manifest from '../../package.json' with { type: 'json' };

/** Told to servers by IMAP ID, printed by `serve`, shown in the window. */
export const APP_VERSION: string = manifest.version;
export const CLIENT = { name: 'Homeport', version: APP_VERSION, contact: manifest.author } as const;
