const MASK = '***';

/**
 * Where passwords stand in SQL and in connection strings. A statement that fails is in the log word by word, `ALTER ROLE … PASSWORD` too;
 * a line may be cut in the middle of one.
 */
const PASSWORDS: readonly (readonly [RegExp, string])[] = [
  [/(\bpassword\s+)(?:U&|E)?'(?:[^'\\]|''|\\.)*(?:'|\\?$)/gi, `$1'${MASK}'`],
  [/(\bpassword\s+)(\$\w*\$).*?(?:\2|$)/gi, `$1'${MASK}'`],
  [/(\bpassword\s*=\s*)(?:''[^']*(?:''|$)|'(?:[^'\\]|\\.)*(?:'|\\?$)|[^\s'";,)&]+)/gi, `$1${MASK}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi, `$1${MASK}`],
];

/** A line without the passwords that can be recognised in it. */
export function maskPasswords(text: string): string {
  return PASSWORDS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}
