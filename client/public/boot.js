/* Runs before the first paint: the theme that was chosen, and the language that was chosen. */
(() => {
  /* As angular.json has them. The first has no directory of its own. */
  const languages = ['en', 'de'];
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
  const baseOf = (language) => (language === languages[0] ? '' : `/${language}`);
  const here = languages.slice(1).find((language) => `${pathname}/`.startsWith(`/${language}/`)) ?? languages[0];
  const wanted = read('toygres.language');
  if (languages.includes(wanted) && wanted !== here) {
    location.replace(baseOf(wanted) + (pathname.slice(baseOf(here).length) || '/') + search + hash);
  }
})();
