import type { InstanceLogLine, LogSeverity } from '#sdk';

/** What people choose by. */
export const LOG_LEVELS = ['error', 'warning', 'info', 'log', 'other'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LEVEL_OF: Readonly<Record<LogSeverity, LogLevel>> = {
  panic: 'error',
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  notice: 'info',
  info: 'info',
  debug: 'info',
  log: 'log',
};

/** A line, taken apart for the eye. */
export interface LogLine {
  readonly id: string;
  readonly time: Date | null;
  readonly level: LogLevel;
  /** What PostgreSQL calls it, such as ERROR or DETAIL; empty for what goes on from the line before. */
  readonly label: string;
  /** Whether it begins a message, and does not only go on with one. */
  readonly begins: boolean;
  /** Process, user and database of what begins a message; may be empty. */
  readonly lead: string;
  readonly message: string;
  /** The line as it was written. */
  readonly text: string;
}

/** "[5112] app@shop ERROR:  relation …" */
const PARTS = /^(\[\d+\](?: .*?@.*?)??) ([A-Z]+[1-5]?): {2}(.*)$/s;
/** What goes on with a message bears the time and the process of its beginning once more. */
const FURTHER = new Set(['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'LOCATION', 'STATEMENT', 'BACKTRACE']);
const TAB = '    ';

export function toLogLine({ id, time, severity, text }: InstanceLogLine): LogLine {
  const [, by = '', label = '', message = text.replace(/^\t/, '')] = PARTS.exec(text) ?? [];
  const begins = label !== '' && !FURTHER.has(label);
  return {
    id,
    time: time === null ? null : new Date(time),
    level: severity === null ? 'other' : LEVEL_OF[severity],
    label,
    begins,
    lead: begins ? by : '',
    message: message.replaceAll('\t', TAB),
    text,
  };
}

/** A line as it stands in a file. */
export const toFileLine = ({ time, text }: LogLine): string => `${time ? `${time.toISOString()} ` : ''}${text}\n`;
