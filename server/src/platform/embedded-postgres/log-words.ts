const TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3}) (?:UTC|GMT) /;
/** The server itself, not a client: that line bears a user. Nobody can forge it, since a line of a message begins with a tab. */
const OWN_START = /^\S+ \S+ \S+ \[\d+\] LOG: {2}starting PostgreSQL /;

/** When a line was written; null for one that goes on from the line before. */
export function timeOf(line: string): Date | null {
  const [, date, time] = TIME.exec(line) ?? [];
  return date === undefined || time === undefined ? null : new Date(`${date}T${time}Z`);
}

/** Whether a line is the first of a server. */
export function isStartOfServer(line: string): boolean {
  return OWN_START.test(line);
}
