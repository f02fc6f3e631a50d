/** The browser that tests drive; undefined when there is none. */
export function findBrowser(): Promise<string | undefined>;
/** The same; where that is allowed, it is installed when there is none. */
export function provideBrowser(): Promise<string | undefined>;
