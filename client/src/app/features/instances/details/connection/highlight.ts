import type { Language, Snippet } from './connection-snippets';

export interface CodeToken {
  readonly kind: 'plain' | 'keyword' | 'string' | 'number' | 'secret';
  /** Empty for a password that is not shown. */
  readonly text: string;
}

const KEYWORDS: Readonly<Record<Language, string>> = {
  psql: 'psql',
  url: '',
  env: 'export',
  dotnet: 'using var new await',
  jdbc: 'import class public static void throws try var',
  node: 'import from const new await',
  python: 'import with as print',
  go: 'package import func const if defer var return nil',
  rust: 'use fn let mut',
};

/** Stands for the password while the text around it is taken apart. */
const HOLE = '\uFFFC';
const TOKEN = /(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<word>\p{L}[\p{L}\d_]*)|(?<number>\b\d+\b)/gu;

/** Takes an example apart for colouring: keywords, texts, numbers. Enough for our own examples, not for any program. */
export function highlight(language: Language, parts: Snippet): readonly CodeToken[] {
  const secrets = parts.filter(({ secret }) => secret).values();
  const tokens: CodeToken[] = [];
  const add = (kind: CodeToken['kind'], text: string): void => {
    text.split(HOLE).forEach((piece, index) => {
      if (index > 0) {
        tokens.push({ kind: 'secret', text: secrets.next().value?.text ?? '' });
      }
      const last = tokens.at(-1);
      if (piece !== '' && last?.kind === kind) {
        tokens[tokens.length - 1] = { kind, text: last.text + piece };
      } else if (piece !== '') {
        tokens.push({ kind, text: piece });
      }
    });
  };
  const whole = parts.map(({ text, secret }) => (secret ? HOLE : text)).join('');
  if (language === 'url') {
    add('string', whole);
    return tokens;
  }
  const keywords = new Set(KEYWORDS[language].split(' '));
  let at = 0;
  for (const match of whole.matchAll(TOKEN)) {
    add('plain', whole.slice(at, match.index));
    const { string, number } = match.groups ?? {};
    add(
      string !== undefined ? 'string' : number !== undefined ? 'number' : keywords.has(match[0]) ? 'keyword' : 'plain',
      match[0],
    );
    at = match.index + match[0].length;
  }
  add('plain', whole.slice(at));
  return tokens;
}
