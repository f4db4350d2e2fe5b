/** Debian's names of the processors we know. @type {Record<string, string>} */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/** The shared libraries an Electron needs from the system. */
const DEPENDS = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libgbm1',
  'libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
];

/** Without it saved files bear no mark of the internet (ADR 0238). */
const RECOMMENDS = ['libglib2.0-bin | attr'];

export const DESKTOP_ENTRY = `[Desktop Entry]
Type=Application
Name=Homeport
Comment=Offline-first mail
Exec=/opt/Homeport/homeport %u
Icon=homeport
Terminal=false
Categories=Network;Email;
MimeType=x-scheme-handler/mailto;x-scheme-handler/mid;x-scheme-handler/homeport;
StartupWMClass=Homeport
`;

/**
 * @param {{ version: string, arch: string, kilobytes: number }} facts
 * @throws on a processor that Debian calls by a name we do not know
 */
export function controlFile({ version, arch, kilobytes }) {
  const architecture = ARCHITECTURES[arch];
  if (architecture === undefined) throw new Error(`no Debian architecture is known for ${arch}`);
  return `Package: homeport
Version: ${version}
Architecture: ${architecture}
Maintainer: The Homeport authors <homeport@localhost>
Installed-Size: ${kilobytes}
Depends: ${DEPENDS.join(', ')}
Recommends: ${RECOMMENDS.join(', ')}
Section: mail
Priority: optional
Description: offline-first desktop mail client
 Your mail is on your computer: you read, sort and tidy it without a network,
 and when it is back the server agrees.
`;
}
