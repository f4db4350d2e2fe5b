/**
 * Who may import whom: the table of ARCHITECTURE.md, machine-checked. Every folder lists what it may reach inside src
 * and which packages it may use; everything else is forbidden. `scripts/check-layers.mjs` runs it.
 */

const NETWORK = ['net', 'tls', 'http', 'https', 'http2', 'dns', 'dgram'];
const MIME_PACKAGES = [
  'papaparse',
  'parse5',
  'postal-mime',
  'nodemailer',
  'css-tree',
  'linkifyjs',
  'tldts',
  'dompurify',
];

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} from pattern of its files
 * @property {string[]} may patterns of the files in src it may import, besides its own
 * @property {string[] | 'any'} packages npm packages it may import
 * @property {boolean | 'no-network'} core whether it may use Node's own modules
 */

/** @type {Layer[]} */
const layers = [
  layer('shared', '^src/shared/', [], ['zod'], false),
  layer('sync/ports', '^src/sync/ports/', ['^src/shared/'], [], true),
  layer(
    'sync/store',
    '^src/sync/store/',
    ['^src/(shared|sync/ports)/'],
    ['drizzle-orm', 'better-sqlite3'],
    'no-network',
  ),
  layer('sync/mime', '^src/sync/mime/', ['^src/shared/'], MIME_PACKAGES, 'no-network'),
  layer('sync/calendar', '^src/sync/calendar/', ['^src/shared/'], ['ical.js'], 'no-network'),
  layer('sync/discovery', '^src/sync/discovery/', ['^src/(shared|sync/ports)/'], ['tldts'], 'no-network'),
  layer('sync/oauth', '^src/sync/oauth/', ['^src/(shared|sync/ports)/'], [], 'no-network'),
  layer(
    'sync/mutations',
    '^src/sync/mutations/',
    ['^src/(shared|sync/(ports|store|mime|calendar))/'],
    [],
    'no-network',
  ),
  layer(
    'sync/compose',
    '^src/sync/compose/',
    ['^src/(shared|sync/(ports|store|mime|mutations))/'],
    [],
    'no-network',
  ),
  // What every connection needs, whatever is spoken over it: certificates judged, passwords proven, failures in words.
  layer('sync/connectors/link', '^src/sync/connectors/link/', ['^src/shared/'], [], true),
  connector('imap', ['imapflow']),
  connector('jmap', ['jmap-jam', 'ws']),
  connector('smtp', []),
  connector('dav', []),
  connector('local', []),
  layer(
    'sync/connectors (contract)',
    '^src/sync/connectors/[^/]+\\.ts$',
    ['^src/(shared|sync/ports)/'],
    [],
    false,
  ),
  layer(
    'sync/engine',
    '^src/sync/engine/',
    ['^src/(shared|sync/(ports|store))/', '^src/sync/connectors/contract\\.ts$'],
    [],
    'no-network',
  ),
  // What the runtime serves to a host: methods call the engine, the mutations and the store; queries only read. Only the
  // runtime calls them.
  layer(
    'sync/api',
    '^src/sync/api/',
    [
      '^src/(shared|sync/(ports|store|mutations|compose|mime|engine))/',
      '^src/sync/connectors/contract\\.ts$',
    ],
    [],
    'no-network',
  ),
  layer(
    'sync/queries',
    '^src/sync/queries/',
    ['^src/(shared|sync/(ports|store|mime|calendar))/'],
    [],
    'no-network',
  ),
  layer('sync/bridge/wbxml', '^src/sync/bridge/wbxml/', ['^src/shared/'], [], false),
  layer('sync/bridge/http', '^src/sync/bridge/http/', ['^src/(shared|sync/(ports|store))/'], [], true),
  layer(
    'sync/bridge/eas',
    '^src/sync/bridge/eas/',
    ['^src/(shared|sync/(ports|store|mutations|mime|calendar|bridge/wbxml))/'],
    [],
    'no-network',
  ),
  layer(
    'sync/bridge/dav',
    '^src/sync/bridge/dav/',
    ['^src/(shared|sync/(ports|store|mutations|mime|calendar))/'],
    [],
    'no-network',
  ),
  // What happens to mail between wire and store; a host's worker does it, so that entry may import the one file.
  layer(
    'sync/prepare',
    '^src/sync/prepare/',
    ['^src/(shared|sync/(ports|store|mime))/', '^src/sync/connectors/imap/header-lines\\.ts$'],
    [],
    'no-network',
  ),
  layer('sync/runtime', '^src/sync/runtime\\.ts$', ['^src/(shared|sync)/'], [], true),
  layer(
    'main',
    '^src/main/',
    ['^src/shared/', '^src/sync/ports/', '^src/sync/(runtime|prepare/do-job)\\.ts$'],
    ['electron', 'ws', 'zod'],
    true,
  ),
  layer('preload', '^src/preload/', ['^src/shared/'], ['electron'], false),
  {
    ...layer('renderer', '^src/renderer/', ['^src/shared/'], [], false),
    packages: 'any',
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Modules that need each other are one module, or need a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'electron-only-in-its-host',
      severity: 'error',
      comment: 'Everything else also runs in plain Node, where importing electron starts a download.',
      from: { path: '^src/', pathNot: '^src/(main/index\\.ts$|main/electron/|preload/)' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'renderer-packages',
      severity: 'error',
      comment: 'Database, protocol and server libraries have no business in a window.',
      from: { path: '^src/renderer/' },
      to: {
        path: packagePattern([
          'electron',
          'better-sqlite3',
          'drizzle-orm',
          'imapflow',
          'jmap-jam',
          'nodemailer',
          'ws',
        ]),
      },
    },
    {
      name: 'no-production-code-from-outside-src',
      severity: 'error',
      comment: 'Tests, scripts and benchmarks import the product, never the reverse.',
      from: { path: '^src/' },
      to: { path: '^(test|e2e|bench|scripts|tools|docs)/' },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      comment:
        'An import that cannot be resolved cannot be checked either. (css-tree/node is types of our own.)',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?', '^css-tree/node$'] },
    },
    {
      name: 'every-file-has-a-layer',
      severity: 'error',
      comment: 'A new folder gets a row in this table before its first import.',
      from: { path: '^src/', pathNot: layers.map(({ from }) => from) },
      to: {},
    },
    ...layers.flatMap(rulesOf),
  ],
  options: {
    // TypeScript 7 has no API for other tools; without this parser the cruise reads nothing and says all is well.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};

/**
 * @param {string} name
 * @param {string} from
 * @param {string[]} may
 * @param {string[]} packages
 * @param {Layer['core']} core
 * @returns {Layer}
 */
function layer(name, from, may, packages, core) {
  return { name, from, may, packages, core };
}

/**
 * A connector sees the port it implements and its own protocol library; never a sibling.
 * @param {string} protocol
 * @param {string[]} packages
 */
function connector(protocol, packages) {
  return layer(
    `sync/connectors/${protocol}`,
    `^src/sync/connectors/${protocol}/`,
    ['^src/(shared|sync/(ports|mime|calendar|connectors/link))/', '^src/sync/connectors/contract\\.ts$'],
    packages,
    true,
  );
}

/** @param {Layer} layer */
function rulesOf({ name, from, may, packages, core }) {
  const rules = [
    {
      name: `${name}: imports`,
      severity: /** @type {const} */ ('error'),
      from: { path: from },
      to: { path: '^src/', pathNot: [from, ...may] },
    },
  ];
  if (packages !== 'any') {
    rules.push({
      name: `${name}: packages`,
      severity: 'error',
      from: { path: from },
      to: { path: '(^|/)node_modules/', pathNot: [packagePattern(packages)] },
    });
  }
  if (core !== true) {
    rules.push({
      name: `${name}: Node modules`,
      severity: 'error',
      from: { path: from },
      to: /** @type {any} */ ({
        dependencyTypes: ['core'],
        ...(core === 'no-network' ? { path: `^(node:)?(${NETWORK.join('|')})(/|$)` } : {}),
      }),
    });
  }
  return rules;
}

/**
 * The files of these packages and of their type packages.
 * @param {string[]} names
 */
function packagePattern(names) {
  return `(^|/)node_modules/(@types/)?(${names.join('|') || '$^'})(/|$)`;
}
