/** What an error of an instance's own server means for whoever asked. */
export type SqlFailure = 'unreachable' | 'missing' | 'refused';

/** SQLSTATEs: no such schema, function, table or column. */
const MISSING = /^(3F000|42883|42P01|42703)$/;
/** Classes: connection, authorization, catalog name, resources, operator intervention, system. */
const AWAY = /^(08|28|3D|53|57|58)/;

/** @param code SQLSTATE, or what the network says; undefined when there is none */
export function sqlFailure(code: unknown): SqlFailure {
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || AWAY.test(code)) {
    return 'unreachable';
  }
  return MISSING.test(code) ? 'missing' : 'refused';
}
