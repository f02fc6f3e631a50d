/** A time that the database wrote into JSON, in the one format of the API: UTC, milliseconds. */
export function isoTime<Time extends string | null>(time: Time): Time {
  return (time === null ? null : new Date(time).toISOString()) as Time;
}
