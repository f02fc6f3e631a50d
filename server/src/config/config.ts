import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { errorMessage } from '../platform/errors/domain-error.js';
import { StartError } from '../platform/errors/start-error.js';
import { type Config, defaultHome, VARIABLES } from './config.schema.js';

export type { Config, ResolvedConfig } from './config.schema.js';

/** Injection token of the configuration: a {@link ResolvedConfig}. */
export const CONFIG = Symbol('Config');

/** The environment holds something that Toygres can't start with. The message names each variable and never its value. */
export class ConfigError extends StartError {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Parses the environment once. Unknown variables that begin with `TOYGRES_` are refused, because they are nearly always a misspelling.
 *
 * @throws ConfigError with every problem found, not only the first.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const known = new Set<string>();

  for (const [name, variable] of Object.entries(VARIABLES)) {
    known.add(name);
    let text = env[name];
    if ('secret' in variable) {
      const fileVariable = `${name}_FILE`;
      known.add(fileVariable);
      const file = env[fileVariable];
      if (file !== undefined && file !== '') {
        if (text !== undefined && text !== '') {
          problems.push(`${name} and ${fileVariable} are both set; set only one.`);
        }
        try {
          text = readFileSync(file, 'utf8').trim();
          if (text === '') {
            problems.push(`${fileVariable} names an empty file.`);
            continue;
          }
        } catch (error) {
          problems.push(
            `${fileVariable} can't be read: ${(error as NodeJS.ErrnoException).code ?? errorMessage(error)}.`,
          );
          continue;
        }
      }
    }
    const schema: z.ZodType = variable.schema;
    const parsed = schema.safeParse(text === '' ? undefined : text);
    if (parsed.success) {
      values[variable.key] = parsed.data;
    } else {
      problems.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}.`);
    }
  }
  for (const name of Object.keys(env)) {
    if (name.startsWith('TOYGRES_') && !name.startsWith('TOYGRES_TEST_') && !known.has(name)) {
      problems.push(`${name} is not a variable of Toygres; see toygres-server --help.`);
    }
  }
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  values['home'] = resolve((values['home'] as string | undefined) ?? defaultHome(process.getuid?.(), env));
  return Object.freeze(values) as unknown as Config;
}

/** The table of variables as lines of text, for `--help`. */
export function describeVariables(): string {
  return Object.entries(VARIABLES)
    .map(([name, variable]) => {
      const file = 'secret' in variable ? ` Also ${name}_FILE.` : '';
      return `  ${name}\n      ${variable.description}${file} Default: ${variable.shown}.`;
    })
    .join('\n');
}
