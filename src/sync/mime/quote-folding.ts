export interface TextSegment {
  readonly kind: 'text' | 'quote' | 'signature';
  readonly text: string;
}

/** "On … wrote:" in the languages mail programs say it. */
const ATTRIBUTION =
  /^(On|Am|Le|El|Il|Op|W dniu|Dnia|Em|Den|Den|På|Dne|Na|В|Пользователь|作成者).{3,300}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|napisał\(a\)|napisał|pisze|escreveu|skrev|napsal\(a\)|napsal|написал\(а\)|написал|пишет)\s*:\s*$/iu;
const EAST_ASIAN_ATTRIBUTION = /^.{3,200}(のメール|写道|님이 작성|wrote)[:：]\s*$/u;
const ORIGINAL =
  /^\s*(-{2,}\s*(Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale|Wiadomość oryginalna|Oorspronkelijk bericht|Исходное сообщение)\s*-{2,}|_{20,})\s*$/i;
const QUOTED = /^\s{0,3}>/;
/** A signature is short; a line of dashes early in a long text is not one. */
const MAX_SIGNATURE_LINES = 20;

/** Whether a line introduces quoted text. */
function isAttribution(line: string): boolean {
  return line.length <= 320 && (ATTRIBUTION.test(line) || EAST_ASIAN_ATTRIBUTION.test(line));
}

/**
 * A plain text body as its own words, quoted text and signature, in order (APP-080). Joined with line ends the segments
 * give the text back.
 */
export function foldQuotes(text: string): TextSegment[] {
  const lines = text.split(/\r?\n/);
  const kinds = lines.map((line): TextSegment['kind'] => (QUOTED.test(line) ? 'quote' : 'text'));
  for (const [at, line] of lines.entries()) {
    if (kinds[at] === 'quote') continue;
    if (ORIGINAL.test(line)) {
      kinds.fill('quote', at);
      break;
    }
    const next = nextSolid(lines, at + 1);
    if (kinds[next] === 'quote' && isAttribution(`${line}`)) kinds.fill('quote', at, next);
    // Long attributions are wrapped by the sender's program.
    else if (kinds[next] === 'text' && kinds[nextSolid(lines, next + 1)] === 'quote' && next === at + 1) {
      if (isAttribution(`${line} ${lines[next] ?? ''}`)) kinds.fill('quote', at, nextSolid(lines, next + 1));
    }
  }
  const signature = lines.findLastIndex((line, at) => kinds[at] === 'text' && /^-- ?$/.test(line));
  if (signature >= 0) {
    const end = kinds.indexOf('quote', signature);
    const stop = end < 0 ? lines.length : end;
    if (stop - signature <= MAX_SIGNATURE_LINES) kinds.fill('signature', signature, stop);
  }
  return join(lines, kinds);
}

function nextSolid(lines: readonly string[], start: number): number {
  let at = start;
  while (at < Math.min(lines.length, start + 3) && lines[at]?.trim() === '') at++;
  return at;
}

function join(lines: readonly string[], kinds: readonly TextSegment['kind'][]): TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (let at = 1; at <= lines.length; at++) {
    const kind = kinds[from] ?? 'text';
    if (at < lines.length && kinds[at] === kind) continue;
    segments.push({ kind, text: lines.slice(from, at).join('\n') });
    from = at;
  }
  return segments;
}
