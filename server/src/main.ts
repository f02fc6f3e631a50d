#!/usr/bin/env node
import 'reflect-metadata';
import { enableCompileCache } from 'node:module';
import { Command, InvalidArgumentError } from 'commander';
import { type Config, describeVariables, loadConfig } from './config/config.js';
import { StartError } from './platform/errors/start-error.js';
import { EmbeddedPostgresError } from './platform/embedded-postgres/embedded-postgres-error.js';
import { VERSION } from './platform/version.js';

/** Errors that say by themselves what to do; anything else is shown with its stack. */
const PLAIN_ERRORS = [StartError, EmbeddedPostgresError];

/** What the server needs at least. `npm start` and `npx toygres-server` bring their own. */
const NODE_MAJOR = 22;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return port;
}

function config(overrides: Partial<Config> = {}): Config {
  return { ...loadConfig(process.env), ...overrides };
}

const portOption = [
  '--port <port>',
  'port to listen on, instead of TOYGRES_PORT; 0 = any free port',
  parsePort,
] as const;

// Where there is no room for it, the server only starts as slowly as it does the first time.
enableCompileCache();

const program = new Command('toygres-server')
  .description('Managed PostgreSQL that you run yourself.')
  .version(VERSION)
  .addHelpText('afterAll', `\nEnvironment:\n${describeVariables()}`);

program
  .command('api')
  .description('serve HTTP')
  .option(...portOption)
  .action(async ({ port }: { port?: number }) => {
    const { serveApi } = await import('./commands/serve.js');
    await serveApi(config(port === undefined ? {} : { port }));
  });

program
  .command('worker')
  .description('work on the queues')
  .action(async () => {
    const { serveWorker } = await import('./commands/serve.js');
    await serveWorker(config());
  });

program
  .command('all')
  .description('serve HTTP and work on the queues in one process, with an embedded database unless one is configured')
  .option(...portOption)
  .action(async ({ port }: { port?: number }) => {
    const { serveAll } = await import('./commands/serve.js');
    await serveAll(config(port === undefined ? {} : { port }));
  });

program
  .command('migrate')
  .description('bring the database up to date and exit')
  .action(async () => {
    const { migrate } = await import('./commands/migrate.js');
    await migrate(config());
  });

program
  .command('check-access')
  .description('print what Toygres may not do in the cluster, and exit')
  .action(async () => {
    const { checkAccess } = await import('./commands/check-access.js');
    await checkAccess(config());
  });

program
  .command('openapi')
  .description('write the contract and exit; needs neither database nor queue')
  .option('--output <file>', 'file to write to, instead of standard output')
  .action(async ({ output }: { output?: string }) => {
    const { writeContract } = await import('./commands/openapi.js');
    await writeContract(output);
  });

try {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    throw new StartError(
      `Toygres runs on Node.js ${String(NODE_MAJOR)} or newer, and this is ${process.versions.node}. Use "npm start" or "npx toygres-server".`,
    );
  }
  await program.parseAsync();
} catch (error) {
  const plain = PLAIN_ERRORS.some((type) => error instanceof type);
  process.stderr.write(
    `${error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
  );
  process.exitCode = 1;
}
// What still holds the event loop, an idle connection for instance, must not keep a finished command from ending.
process.exit();
