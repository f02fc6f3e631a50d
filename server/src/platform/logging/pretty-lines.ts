import type { DestinationStream } from 'pino';

/** What the log looks like: JSON for programs, lines for people, or what the place that it goes to suggests. */
export type LogFormat = 'auto' | 'json' | 'pretty';

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * The destination of a log that people read, or undefined for JSON on standard output.
 *
 * @param output standard output
 */
export async function prettyLines(format: LogFormat, output: Output): Promise<DestinationStream | undefined> {
  const terminal = output.isTTY === true;
  if (format === 'json' || (format === 'auto' && !terminal)) {
    return undefined;
  }
  // Loaded only for terminals: in production nobody needs it.
  const { default: pretty } = await import('pino-pretty');
  const toText = pretty.prettyFactory({
    // False also when NO_COLOR is set.
    colorize: terminal && pretty.isColorSupported,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,process,context',
    messageFormat: '{if context}{context}: {end}{msg}',
  });
  // Written at once, not through a stream: the last line before the process ends is the one that matters.
  return { write: (line) => void output.write(toText(line)) };
}
