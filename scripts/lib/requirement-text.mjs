/**
 * @typedef {object} Requirement
 * @property {string} id
 * @property {string} [tag] M must, E expected, D delighter (client specification only)
 * @property {string} [clause] what it comes from: an RFC, FIELD (seen in the wild) or OWN
 * @property {string} [bed] where it is tested, in the specification's letters (synchronisation engine only)
 * @property {string} title
 */

const TITLE_LENGTH = 120;
const ITEM = /^- ((?:SYNC|APP|UI|CLI|EAS)-\d{3})\b(.*)$/;
const CHECKLIST_START = /^## .*conformance checklist/i;
const CHECKLIST_ITEM = /^(\d{1,3})\. (.*)$/;

/**
 * Every requirement of one specification, in its order.
 * @param {string} text Markdown
 * @returns {Requirement[]}
 */
export function extractRequirements(text) {
  const lines = text.split('\n');
  const items = lines.flatMap((line) => {
    const [, id, rest] = ITEM.exec(line) ?? [];
    return id === undefined || rest === undefined ? [] : [toRequirement(id, rest)];
  });
  // The DAV specification numbers its checklist; its test ids are DAV-001 … after these numbers.
  const start = items.length === 0 ? lines.findIndex((line) => CHECKLIST_START.test(line)) : -1;
  if (start === -1) return items;
  return lines.slice(start + 1).flatMap((line) => {
    const [, number, title] = CHECKLIST_ITEM.exec(line) ?? [];
    return number === undefined || title === undefined
      ? []
      : [{ id: `DAV-${number.padStart(3, '0')}`, title: shorten(title) }];
  });
}

/**
 * The four shapes of an item: `| tag | feature | proof`, `| clause | bed | text`, `| clause | text`, and plain text.
 * @param {string} id
 * @param {string} rest
 * @returns {Requirement}
 */
function toRequirement(id, rest) {
  const [, ...cells] = rest.split(' | ').map((cell) => cell.trim());
  const [first = '', second = '', third = ''] = cells;
  if (id.startsWith('APP')) return { id, tag: first, title: shorten(second) };
  if (id.startsWith('SYNC')) return { id, clause: first, bed: second, title: shorten(third) };
  if (id.startsWith('EAS')) return { id, clause: first, title: shorten(second) };
  return { id, title: shorten(rest.trim()) };
}

/** @param {string} text */
function shorten(text) {
  return text.length <= TITLE_LENGTH ? text : `${text.slice(0, TITLE_LENGTH - 1).trimEnd()}…`;
}
