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
  /** Process, user and database; may be empty. */
  readonly lead: string;
  readonly message: string;
  /** The line as it was written. */
  readonly text: string;
}

/** "[5112] app@shop ERROR:  relation …" */
const PARTS = /^(\[\d+\](?: .*?@.*?)??) ([A-Z]+[1-5]?): {2}(.*)$/s;
const TAB = '    ';

export function toLogLine({ id, time, severity, text }: InstanceLogLine): LogLine {
  const [, lead = '', label = '', message = text.replace(/^\t/, '')] = PARTS.exec(text) ?? [];
  return {
    id,
    time: time === null ? null : new Date(time),
    level: severity === null ? 'other' : LEVEL_OF[severity],
    label,
    lead,
    message: message.replaceAll('\t', TAB),
    text,
  };
}

/** A line as it stands in a file. */
export const toFileLine = ({ time, text }: LogLine): string => `${time ? `${time.toISOString()} ` : ''}${text}\n`;
