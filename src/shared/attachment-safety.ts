export type AttachmentRisk = 'none' | 'archive' | 'macro' | 'executable' | 'disguised';

/** Types an operating system runs when they are opened. */
const EXECUTABLE = new Set(
  'exe com scr pif bat cmd msi msp msc cpl dll sys drv vbs vbe js jse mjs ws wsf wsh hta ps1 psm1 psd1 reg inf scf lnk url website desktop appref-ms application gadget jar jnlp class sh bash zsh fish csh command tool workflow app action pkg dmg iso img vhd vhdx deb rpm appimage run bin elf apk ipa xap py pyc pyw rb pl php chm hlp mht mhtml xht xhtml html htm shtml svg settingcontent-ms library-ms search-ms diagcab xll one onepkg'.split(
    ' ',
  ),
);
const MACRO = new Set(
  'docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm doc dot xls xlt ppt pot pps accdb mdb pub slk iqy'.split(
    ' ',
  ),
);
const ARCHIVE = new Set('zip rar 7z tar gz tgz bz2 xz zst cab ace arj lzh z'.split(' '));
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
