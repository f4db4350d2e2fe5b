import { openDialog } from '../state/ui-store';
import { readerStrings } from '../strings/reader';
import { menuPoint } from '../ui/menu-point';

/** Character sets people may need to try when a message names the wrong one (APP-096). */
const CHARSETS = [
  'utf-8',
  'windows-1252',
  'iso-8859-2',
  'windows-1251',
  'koi8-r',
  'gb18030',
  'big5',
  'shift_jis',
  'iso-2022-jp',
  'euc-kr',
];
const AUTOMATIC = 'automatic';

/**
 * Asks in which character set a message is to be read.
 * @param chosen what was chosen for it before; null = what it says itself, or looks like (`found`)
 */
export function chooseCharset(
  chosen: string | null,
  found: string | null,
  choose: (charset: string | null) => void,
): void {
  openDialog({
    kind: 'choose',
    title: readerStrings.characterSet,
    at: menuPoint(),
    options: [
      { id: AUTOMATIC, label: readerStrings.automaticCharset(found) },
      ...CHARSETS.map((name) => ({ id: name, label: name })),
    ],
    selected: chosen ?? AUTOMATIC,
    choose: (id) => choose(id === AUTOMATIC ? null : id),
  });
}
