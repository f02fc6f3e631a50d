/**
 * `npm run chaos -- [--minutes N] [--seed S]`: the chaos test alone, for as long as one likes. Without a seed it takes one that no run has had,
 * and says it.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
for (const [name, value] of Object.entries(values)) {
  if (!/^\d+$/.test(value)) {
    console.error(`--${name} must be a whole number.`);
    process.exit(2);
  }
}
const { status } = spawnSync('vitest', ['run', '--project', 'e2e', 'tests/e2e/chaos.spec.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.minutes && { TOYGRES_TEST_CHAOS_MINUTES: values.minutes }),
    ...(values.seed && { TOYGRES_TEST_CHAOS_SEED: values.seed }),
  },
});
process.exit(status ?? 1);
