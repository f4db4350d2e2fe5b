/** The tables of words beside react-aria's widgets, one entry for each language they are translated into. */
const TABLE =
  /node_modules\/(?:react-aria|react-stately|react-aria-components)\/dist\/private\/(?:\w+\/)?intlStrings\.mjs$/;
const OTHER_LANGUAGE = /^\s*"(?!en-US")[a-z]{2}-[A-Z]{2}": [\w$]+,?$/gm;

/**
 * Leaves react-aria's words in the window's own language alone: a window in English would say "Schließen" beside
 * "Archive", and the other 33 languages are loaded at every start.
 * @returns {import('vite').Plugin}
 */
export function ownLanguage() {
  return {
    name: 'own-language',
    transform(code, id) {
      if (!TABLE.test(id.replaceAll('\\', '/'))) return null;
      const own = code.replace(OTHER_LANGUAGE, '');
      if (own === code) throw new Error(`${id} is not written as it was: see scripts/vite/own-language.mjs`);
      return { code: own, map: null };
    },
  };
}
