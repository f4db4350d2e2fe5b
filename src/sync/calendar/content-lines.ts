import ICAL from 'ical.js';
import { MAX_CHARS, MAX_COMPONENTS, MAX_DEPTH, MAX_LINE_CHARS, MAX_PROPERTIES } from './limits';

/** One property in the form of jCal (RFC 7265 3.4): its values are text, or lists of text where they have parts. */
export interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** One component; both name and property names are lower case. */
export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly children: readonly Component[];
}

interface OpenComponent extends Component {
  readonly properties: Property[];
  readonly children: OpenComponent[];
}

type Design = Parameters<typeof ICAL.parse.property>[1];

export const CALENDAR_DESIGN: Design = ICAL.design.icalendar;
export const CONTACT_DESIGN: Design = ICAL.design.vcard3;

/**
 * The components at the top of a file (RFC 5545 3.4, RFC 6350 3.2). What is not closed is taken as closed at the end;
 * lines that cannot be read, and whatever is beyond a bound, are left out.
 * @param rewrite brings a line of an older form into the present one
 */
export function readComponents(
  text: string,
  design: Design,
  rewrite: (line: string) => string = (line) => line,
): readonly Component[] {
  const top: OpenComponent[] = [];
  const open: OpenComponent[] = [];
  let tooDeep = 0;
  let count = 0;
  for (const line of unfoldLines(text)) {
    const mark = /^(BEGIN|END):\s*([A-Za-z0-9-]{1,60})\s*$/i.exec(line);
    if (mark === null) {
      const into = open.at(-1);
      if (tooDeep > 0 || into === undefined || into.properties.length >= MAX_PROPERTIES) continue;
      const property = readProperty(rewrite(line), design);
      if (property !== null) into.properties.push(property);
    } else if (mark[1]?.toUpperCase() === 'BEGIN') {
      if (open.length >= MAX_DEPTH || count >= MAX_COMPONENTS) tooDeep++;
      else {
        count++;
        const component = { name: mark[2]?.toLowerCase() ?? '', properties: [], children: [] };
        (open.at(-1)?.children ?? top).push(component);
        open.push(component);
      }
    } else if (tooDeep > 0) tooDeep--;
    else open.pop();
  }
  return top;
}

/** Logical lines (RFC 5545 3.1). A vCard 2.1 continues quoted-printable lines with `=` at the end instead. */
function* unfoldLines(text: string): Generator<string> {
  let line = '';
  for (const physical of physicalLines(text)) {
    if (/^[ \t]/.test(physical)) {
      if (line.length < MAX_LINE_CHARS) line += physical.slice(1);
    } else if (line.endsWith('=') && /;(ENCODING=)?QUOTED-PRINTABLE/i.test(line.slice(0, 200))) {
      if (line.length < MAX_LINE_CHARS) line = line.slice(0, -1) + physical;
    } else {
      if (line !== '') yield line;
      line = physical;
    }
  }
  if (line !== '') yield line;
}

function* physicalLines(text: string): Generator<string> {
  const whole = text.slice(0, MAX_CHARS).replace(/^\ufeff/, '');
  let from = 0;
  while (from < whole.length) {
    const found = whole.indexOf('\n', from);
    const end = found < 0 ? whole.length : found;
    yield whole
      .slice(from, Math.min(end, from + MAX_LINE_CHARS))
      .replace(/\r$/, '')
      .replaceAll('\0', '');
    from = end + 1;
  }
}

function readProperty(line: string, design: Design): Property | null {
  if (line.length >= MAX_LINE_CHARS || !/^[A-Za-z0-9.-]+[;:]/.test(line)) return null;
  try {
    const [name, parameters, type, ...values] = ICAL.parse.property(line, design) as unknown as [
      string,
      Property['parameters'],
      string,
      ...unknown[],
    ];
    return { name: name.toLowerCase(), parameters, type, values };
  } catch {
    // ical.js throws on whatever it cannot read; the next line may be fine.
    return null;
  }
}

/** The first property of a name. */
export function property({ properties }: Component, name: string): Property | null {
  return properties.find((one) => one.name === name) ?? null;
}

/** A parameter as text; the first where there are several, '' where there is none. */
export function parameter(of: Property | null, name: string): string {
  const value = of?.parameters[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** The value as one text of at most `most` characters; '' when there is none. */
export function textOf(of: Property | null, most: number): string {
  const value = of?.values[0];
  return typeof value === 'string' ? value.trim().slice(0, most) : '';
}
