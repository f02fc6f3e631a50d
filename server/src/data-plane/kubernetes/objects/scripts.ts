import { CREATE_EXTENSION } from './durable.js';

/** What the containers of a pod find where. */
export const PATHS = {
  volume: '/var/lib/toygres',
  /** A folder in the volume: a new disk has a `lost+found`, beside which initdb refuses to work. */
  data: '/var/lib/toygres/data',
  configuration: '/etc/toygres/configuration',
  secret: '/etc/toygres/secret',
  /** The image runs what lies there when it has made a new data directory. */
  initialiseFolder: '/docker-entrypoint-initdb.d',
  /** The name puts it behind what the image brings along. */
  initialise: '/docker-entrypoint-initdb.d/zzz-toygres.sh',
  /** Fingerprint of the roles that the data directory has. It is there once the initialisation has come to its end. */
  marker: '/var/lib/toygres/.toygres-initialised',
} as const;

const REMEMBER = `sha256sum <${PATHS.secret}/roles.sql >${PATHS.marker}.new
sync ${PATHS.marker}.new
mv ${PATHS.marker}.new ${PATHS.marker}
sync ${PATHS.volume}
`;

/**
 * Runs before the server. An initialisation that was cut off leaves a data directory that looks whole and is not; nobody has got into it, so it
 * is removed. Where the roles have changed since, they are set as long as nobody can connect.
 */
export const PREPARE_SCRIPT = `#!/bin/bash
# Written by Toygres.
set -euo pipefail
if [ ! -e ${PATHS.marker} ]; then
  rm -rf ${PATHS.data}
elif ! sha256sum --check --status ${PATHS.marker} <${PATHS.secret}/roles.sql; then
  postgres --single -j -D ${PATHS.data} -c exit_on_error=on -c log_statement=none -c log_min_error_statement=panic \\
    postgres <${PATHS.secret}/roles.sql >/dev/null
  ${REMEMBER.trim().replaceAll('\n', '\n  ')}
fi
`;

/** Runs once, in a server that nobody can reach yet. Its log is shown to people: a statement that fails must not be in it with its verifiers. */
export const INITIALISE_SCRIPT = `#!/bin/bash
# Written by Toygres.
set -euo pipefail
export PGOPTIONS='-c log_statement=none -c log_min_error_statement=panic'
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres --file ${PATHS.secret}/roles.sql
${REMEMBER}`;

/**
 * The same, and the extension. The server that runs meanwhile listens on its socket only, whatever PGHOST says to the worker of the extension.
 */
export const DURABLE_INITIALISE_SCRIPT = `#!/bin/bash
# Written by Toygres.
set -euo pipefail
unset PGHOST
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres --file ${PATHS.secret}/roles.sql
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres --command '${CREATE_EXTENSION}'
${REMEMBER}`;
