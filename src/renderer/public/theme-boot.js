// Runs before the first paint, so that a stored dark theme never flashes light (UI-043). A file of its own because
// the content security policy allows no inline script. `appearance.ts` writes what is read here.
(() => {
  // The desktop names the look of the last run, since its windows store nothing beyond one.
  let stored = Object.fromEntries(new URLSearchParams(location.search));
  try {
    stored = JSON.parse(localStorage.getItem('homeport.appearance') ?? 'null') ?? stored;
  } catch {
    // A damaged value means the defaults.
  }
  const dark =
    stored.theme === 'dark' ||
    (stored.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.density = stored.density ?? 'normal';
})();
