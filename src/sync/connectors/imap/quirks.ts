/** What some providers need and do not say (SYNC-028): one entry per fact, each with its reason and a test. */
export interface ServerTraits {
  /** The provider has switched passwords off: a refused login means "use the browser". */
  readonly passwordsRefused: boolean;
  /** COMPRESS costs more than it saves, or does harm. */
  readonly compressionUseless: boolean;
}

interface Quirk {
  readonly host: RegExp;
  readonly traits: Partial<ServerTraits>;
}

const QUIRKS: readonly Quirk[] = [
  // Nothing travels: packing and unpacking only takes the processor's time, twice.
  { host: /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/, traits: { compressionUseless: true } },
  // Basic authentication was ended in 2023; the refusal says only "LOGIN failed."
  {
    host: /(^|\.)(outlook\.office365\.com|outlook\.office\.com|outlook\.com)$/,
    traits: { passwordsRefused: true },
  },
];

const DEFAULTS: ServerTraits = { passwordsRefused: false, compressionUseless: false };

export function traitsOf(host: string): ServerTraits {
  const name = host.toLowerCase();
  return Object.assign(
    {},
    DEFAULTS,
    ...QUIRKS.filter((quirk) => quirk.host.test(name)).map(({ traits }) => traits),
  );
}
