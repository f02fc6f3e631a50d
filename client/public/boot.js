/* Runs before the first paint: the theme that was chosen, the language that was chosen, and the scripts of the page, fetched early. */
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
  const path = pathname.slice(baseOf(here).length) || '/';
  if (languages.includes(wanted) && wanted !== here) {
    location.replace(baseOf(wanted) + path + search + hash);
    return;
  }
  const pages = JSON.parse(document.querySelector('meta[name="toygres-pages"]')?.content ?? '[]');
  for (const href of pages.find(([pattern]) => new RegExp(pattern).test(path))?.[1] ?? []) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
})();
