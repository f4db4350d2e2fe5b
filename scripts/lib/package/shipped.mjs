/**
 * What ships, as pure functions of the lock file and of what the builds bundled. Most packages are development
 * dependencies because they are bundled (ADR 0003), so the lock file alone does not know which of them ship.
 *
 * @typedef {{ version?: string, license?: string, dev?: boolean, devOptional?: boolean, link?: boolean }} Locked
 * @typedef {{ name: string, version: string, license: string, path: string }} Shipped
 * @typedef {{ 'bom-ref': string, name: string, version: string, scope?: string, properties?: { name: string, value: string }[] }} Component
 * @typedef {{ metadata: { component: Component }, components: Component[] }} Bom
 */

/** In the package as a whole, not as a bundled module. */
const RUNTIME = 'node_modules/electron';
/** Headers for compiling the native module: electron-builder.yml leaves them out. */
const LEFT_OUT = 'node_modules/node-addon-api';

/**
 * @param {Record<string, Locked>} locked the `packages` of the lock file
 * @param {readonly string[]} bundled paths of packages that a build took code from
 * @returns {Shipped[]} by name, then version
 */
export function shippedPackages(locked, bundled) {
  const production = Object.entries(locked)
    .filter(([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link)
    .map(([path]) => path)
    .filter((path) => path.startsWith('node_modules/') && path !== LEFT_OUT);
  return [...new Set([...production, ...bundled, RUNTIME])]
    .map((path) => {
      const entry = locked[path];
      if (entry === undefined) throw new Error(`${path} is in the app and not in the lock file`);
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version: entry.version ?? '', license: entry.license ?? 'unknown', path };
    })
    .sort((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

/**
 * npm's bill of materials says of every bundled package that it is for development. Here `required` is what ships and
 * `excluded` (CycloneDX: documented, not in the product) what only builds and tests it.
 * @template {Bom} B
 * @param {B} bom as npm wrote it
 * @param {readonly Shipped[]} shipped
 * @returns {B}
 */
export function markShipped(bom, shipped) {
  const ships = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const found = new Set();
  const components = bom.components.map((component) => {
    const key = `${component.name}@${component.version}`;
    if (!ships.has(key)) return { ...component, scope: 'excluded' };
    found.add(key);
    const properties = component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development');
    return { ...component, scope: 'required', ...(properties === undefined ? {} : { properties }) };
  });
  const missing = [...ships].filter((key) => !found.has(key));
  if (missing.length > 0) throw new Error(`not in the bill of materials: ${missing.join(', ')}`);
  // npm names the root after the folder it lies in.
  const [name] = bom.metadata.component['bom-ref'].split('@');
  const component = { ...bom.metadata.component, name, type: 'application' };
  return { ...bom, metadata: { ...bom.metadata, component }, components };
}

/**
 * The licence list that lies in the package: one line each, then every licence's own words.
 * @param {readonly (Shipped & { text: string | null })[]} packages
 */
export function licenceList(packages) {
  const lines = packages.map(({ name, version, license }) => `${name} ${version}: ${license}`);
  const texts = packages.map(({ name, version, license, text }) => {
    const words =
      text?.trim() ?? `The package comes without a licence file; it names its licence: ${license}.`;
    return `${'-'.repeat(80)}\n${name} ${version}\n\n${words}\n`;
  });
  return ['Homeport contains these packages.', '', ...lines, '', ...texts].join('\n');
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
