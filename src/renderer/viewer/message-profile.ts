import type { Config } from 'dompurify';

/**
 * What of a message's HTML stays (APP-082). Both lists are short on purpose: what is not needed to lay out mail is
 * not there, and what is not there is removed. Addresses in what stays are dealt with afterwards, one by one.
 */
const TAGS =
  'a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del ' +
  'details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label ' +
  'legend li main map mark menu nav ol p pre q rp rt ruby s samp section small span strike strong style sub summary sup ' +
  'table tbody td tfoot th thead time tr tt u ul var wbr';

const ATTRIBUTES =
  'abbr align alt aria-hidden aria-label background bgcolor border cellpadding cellspacing char charoff cite class clear ' +
  'color cols colspan compact coords dir face headers height href hspace id lang link media name noshade nowrap open ' +
  'reversed role rowspan rules scope shape size span src start style summary text title type usemap valign value ' +
  'vspace width';

export const MESSAGE_PROFILE = {
  ALLOWED_TAGS: TAGS.split(' '),
  ALLOWED_ATTR: ATTRIBUTES.split(' '),
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  // DOMPurify asks this of every attribute, so plain words and numbers pass; `href` and `src` are judged again later.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid):|data:image\/|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // What people may type or choose is no text of the message.
  ADD_FORBID_CONTENTS: ['select', 'textarea', 'datalist'],
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
} as const satisfies Config;
