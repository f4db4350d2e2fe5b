/** Names a vCard 2.1 gives parameters without (`TEL;CELL;VOICE:`); bare words of other meaning stay values of TYPE too. */
const ENCODINGS = /^(QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i;

/**
 * A line of a vCard 2.1 as its successors write it: parameters with names, quoted-printable text decoded. Lines of
 * newer cards come back as they are.
 */
export function modernLine(line: string): string {
  const colon = line.indexOf(':');
  const head = colon < 0 ? '' : line.slice(0, colon);
  if (!head.includes(';') || head.includes('"')) return line;
  const [name = '', ...parameters] = head.split(';');
  const named = parameters
    .filter((parameter) => parameter !== '')
    .map((parameter) =>
      parameter.includes('=') ? parameter : `${ENCODINGS.test(parameter) ? 'ENCODING' : 'TYPE'}=${parameter}`,
    );
  const value = line.slice(colon + 1);
  if (!named.some((parameter) => /^ENCODING=QUOTED-PRINTABLE$/i.test(parameter)))
    return `${[name, ...named].join(';')}:${value}`;
  const charset = named.find((parameter) => /^CHARSET=/i.test(parameter))?.slice(8) ?? 'utf-8';
  const rest = named.filter((parameter) => !/^(ENCODING|CHARSET)=/i.test(parameter));
  return `${[name, ...rest].join(';')}:${decodeQuoted(value, charset)}`;
}

function decodeQuoted(value: string, charset: string): string {
  const decoder = decoderFor(charset);
  return value
    .replace(/(=[0-9A-F]{2})+/gi, (run) => decoder.decode(Buffer.from(run.replaceAll('=', ''), 'hex')))
    .replace(/\r?\n/g, '\\n');
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder('utf-8');
  }
}
