import { writeFileSync } from 'node:fs';
import process from 'node:process';

/** A reporter of Vitest that leaves the figures of a run to test.mjs, in the file that TOYGRES_TEST_TALLY names. */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: {} };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') {
          tally.passed += 1;
        } else if (result.state === 'skipped') {
          const reason = result.note ?? 'no reason given';
          tally.skipped[reason] = (tally.skipped[reason] ?? 0) + 1;
        } else {
          failedHere += 1;
        }
      }
      // A file that doesn't load, or whose hook fails, has failed without one of its tests.
      tally.failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
    }
    writeFileSync(process.env.TOYGRES_TEST_TALLY, JSON.stringify(tally));
  }
}
