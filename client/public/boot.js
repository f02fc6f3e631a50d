/* Runs before the first paint: the theme that was chosen, and the language that was chosen. */
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is forbidden: the system's theme and the address's language it is
    }
  };
  const theme = read('toygres.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.classList.add(theme);
  }
  const { pathname, search, hash } = location;
  const here = /^\/de(\/|$)/.test(pathname) ? 'de' : 'en';
  const wanted = read('toygres.language');
  if ((wanted === 'en' || wanted === 'de') && wanted !== here) {
    const path = pathname.replace(/^\/de(?=\/|$)/, '') || '/';
    location.replace((wanted === 'de' ? '/de' : '') + path + search + hash);
  }
})();
