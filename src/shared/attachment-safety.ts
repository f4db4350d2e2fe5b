/** From harmless to worst. */
const RISKS = ['none', 'archive', 'macro', 'executable', 'disguised'] as const;
export type AttachmentRisk = (typeof RISKS)[number];

const words = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** Types an operating system runs, installs or follows when they are opened, and pages whose scripts a browser runs. */
const EXECUTABLE = words(
  // Programs and what installs them.
  'exe com scr pif cpl dll ocx sys drv msi msp mst msu msix msixbundle appx appxbundle appinstaller application xap',
  'pkg mpkg dmg app action workflow prefpane deb rpm appimage snap flatpak flatpakref flatpakrepo run bin elf out apk ipa',
  'gadget jar jnlp class tool iso img vhd vhdx ins isp prg fxp xll theme themepack',
  // Scripts.
  'bat cmd vb vbs vbe vbp bas js jse mjs ws wsf wsh wsc wsb sct hta ps1 ps1xml ps2 ps2xml psc1 psc2 psm1 psd1 pssc cdxml',
  'msh msh1 msh2 mshxml sh bash zsh fish csh ksh command py pyc pyw rb pl php lua tcl scpt scptd applescript terminal',
  // What leads elsewhere or changes the system.
  'lnk url website webloc inetloc fileloc desktop appref-ms appcontent-ms settingcontent-ms library-ms search-ms',
  'searchconnector-ms rdp reg inf scf shb shs job grp msc mobileconfig diagcab diagcfg diagpkg printerexport webpnp osd',
  // Pages and help with scripts inside.
  'chm hlp hpj mht mhtml xht xhtml html htm shtml svg xbap one onepkg',
);
const MACRO = words(
  'docm dotm doc dot wbk xlsm xltm xlam xlsb xls xlt xla xlw xlm pptm potm ppam ppsm sldm ppt pot pps ppa pub',
  'vsdm vssm vstm accdb accda accde accdr accdt mdb mda mde ade adp slk iqy oqy dqy rqy odc udl',
);
const ARCHIVE = words('zip rar 7z tar gz tgz bz2 xz zst cab ace arj lzh z');
const EXECUTABLE_TYPES =
  /^application\/(x-msdownload|x-msdos-program|x-dosexec|x-executable|x-sh|x-shellscript|javascript|hta|java-archive|vnd\.microsoft\.portable-executable|x-ms-shortcut)$|^text\/(javascript|vbscript|html)$|^image\/svg\+xml$/;
/** What people take for harmless; a second extension behind one of these is a disguise. */
const INNOCENT =
  /\.(pdf|docx?|xlsx?|pptx?|txt|rtf|csv|jpe?g|png|gif|bmp|mp3|mp4|avi|mov|zip)\s*\.[a-z0-9-]{2,12}$/i;
/** Characters that turn or hide parts of a name: direction overrides, isolates, zero-width. */
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u061c\u2060-\u2064\ufeff]/;

/**
 * How dangerous it would be to open an attachment, by name and declared type (APP-090). `executable`, `macro` and
 * `disguised` warn and are never opened directly.
 */
export function attachmentRisk(filename: string, mediaType: string): AttachmentRisk {
  // By the name as sent and as it will stand in the folder: either may be what a system goes by.
  const risks = [filename, safeFileName(filename)].map((name) => riskOfName(name, mediaType));
  return risks.reduce((worst, risk) => (RISKS.indexOf(risk) > RISKS.indexOf(worst) ? risk : worst));
}

function riskOfName(filename: string, mediaType: string): AttachmentRisk {
  const clean = filename.replace(new RegExp(INVISIBLE, 'g'), '').replace(/[\s.]+$/, '');
  const extension = extensionOf(clean);
  const runs = EXECUTABLE.has(extension) || EXECUTABLE_TYPES.test(mediaType.toLowerCase());
  if (/[\u202a-\u202e\u2066-\u2069]/.test(filename)) return 'disguised';
  if ((runs || MACRO.has(extension)) && INNOCENT.test(clean)) return 'disguised';
  if (runs) return 'executable';
  if (MACRO.has(extension)) return 'macro';
  return ARCHIVE.has(extension) ? 'archive' : 'none';
}

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
const MAX_BYTES = 200;

/**
 * A name that can be saved on any system, shows what it is and stays inside its folder (APP-369): no separators,
 * control, invisible or direction characters, no reserved or hidden names, at most 200 UTF-8 bytes with its extension.
 */
export function safeFileName(filename: string): string {
  const base = filename
    .normalize('NFC')
    .toWellFormed()
    .replace(new RegExp(INVISIBLE, 'g'), '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go.
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const named = base === '' ? 'attachment' : RESERVED.test(base) ? `_${base}` : base;
  return shortened(named);
}

function shortened(name: string): string {
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : name.slice(name.length - extension.length - 1);
  const stem = [...name.slice(0, name.length - ending.length)];
  while (stem.length > 1 && utf8Length(stem.join('')) + ending.length > MAX_BYTES) {
    stem.splice(Math.max(1, Math.min(stem.length - 1, Math.floor(stem.length * 0.9))));
  }
  return stem.join('').trimEnd() + ending;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function extensionOf(name: string): string {
  return /\.([\w-]{1,20})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
