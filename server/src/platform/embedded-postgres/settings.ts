/** Settings of a PostgreSQL server by name. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** The settings as lines of a `postgresql.conf`. */
export function toConfigurationFile(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(toText(value))}\n`)
    .join('');
}

/** The settings as arguments of `postgres`. They outrank every file and `ALTER SYSTEM` too. */
export function toArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${toText(value)}`]);
}

function toText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
