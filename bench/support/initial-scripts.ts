/**
 * Sizes up the scripts that a page needs before it can show anything: those that its document names, and those that they import.
 *
 * @returns their size as a browser gets them, in bytes
 */
export async function initialScriptBytes(pageUrl: string): Promise<number> {
  const html = await (await fetch(pageUrl)).text();
  const base = new URL(/<base href="([^"]+)"/.exec(html)?.[1] ?? '/', pageUrl);
  const waiting = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path = '']) => new URL(path, base).href);
  const known = new Set(waiting);
  let bytes = 0;
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const response = await fetch(url, { headers: { 'Accept-Encoding': 'br' } });
    const code = await response.text();
    bytes += Number(response.headers.get('content-length') ?? code.length);
    // Not what is imported later: `import('…')`.
    for (const [, path = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+\.js)["']/g)) {
      const imported = new URL(path, url).href;
      if (!known.has(imported)) {
        known.add(imported);
        waiting.push(imported);
      }
    }
  }
  return bytes;
}
