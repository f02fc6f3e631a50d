/** Severities of PostgreSQL's messages, as it ranks them for its log: `log` lies between `error` and `fatal`. */
export const LOG_SEVERITIES = ['debug', 'info', 'notice', 'warning', 'error', 'log', 'fatal', 'panic'] as const;
export type LogSeverity = (typeof LOG_SEVERITIES)[number];

/** What goes on telling of the message before it, on a line of its own with a label of its own. */
const FURTHER = new Set(['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'LOCATION', 'STATEMENT', 'BACKTRACE']);

/** The time that `%m` in `log_line_prefix` puts before a line. */
const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \S+ (?=\[\d+\] )/;

/** Process, then user and database where it is a session, then the label. What comes first is not taken for a user. */
const LABEL = /^\[\d+\] (?:.*?@.*? )??([A-Z]+)[1-5]?: {2}/;

/** A line as people see it. */
export interface ReadLine {
  /** Null for what PostgreSQL has not written, or in another language. */
  readonly severity: LogSeverity | null;
  /** Without the time, which is told apart. */
  readonly text: string;
}

/** Reads a log line by line; each belongs to the message that was begun last. */
export class SeverityReader {
  #severity: LogSeverity | null = null;

  read(line: string): ReadLine {
    const text = line.replace(TIME, '');
    const [, label = ''] = LABEL.exec(text) ?? [];
    // PostgreSQL begins each further line of a message with a tab.
    if (!text.startsWith('\t') && !FURTHER.has(label)) {
      this.#severity = LOG_SEVERITIES.find((severity) => severity === label.toLowerCase()) ?? null;
    }
    return { severity: this.#severity, text };
  }
}
