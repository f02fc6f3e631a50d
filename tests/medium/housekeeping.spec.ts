import { Injectable } from '@nestjs/common';
import { describe, expect, inject, it } from 'vitest';
import { HousekeepingTask } from '../../server/src/housekeeping/housekeeping-task.js';
import { HousekeepingProcessor } from '../../server/src/housekeeping/housekeeping.processor.js';
import { Queues } from '../../server/src/platform/queue/queue.module.js';
import { TestDatabase } from '../support/test-database.js';
import { TestEngine } from '../support/test-engine.js';
import { until } from '../support/until.js';

let runs = 0;

@Injectable()
@HousekeepingTask({ name: 'sweep-the-floor', everyMs: ({ sweepSeconds }) => sweepSeconds * 1_000 })
class SweepTheFloor {
  run(): Promise<void> {
    runs += 1;
    return Promise.resolve();
  }
}

const backends = [
  ['PostgreSQL', null],
  ['Redis', inject('redisUrl')],
] as const;

describe.each(backends)('housekeeping with the queue in %s', (name, redisUrl) => {
  it('goes on when the queue was emptied', async (context) => {
    context.skip(name === 'Redis' && redisUrl === null, 'there is no redis-server');
    const database = await TestDatabase.create();
    const engine = await TestEngine.start({
      ...{ database, redisUrl, definitions: [] },
      providers: [HousekeepingProcessor, SweepTheFloor],
    });
    try {
      runs = 0;
      await until('it has run twice', () => Promise.resolve(runs >= 2));
      await engine.app.get(Queues).get('housekeeping').obliterate({ force: true });
      expect(await engine.app.get(Queues).get('housekeeping').getJobSchedulers()).toEqual([]);
      await engine.app.get(HousekeepingProcessor).keepSchedules();
      const before = runs;
      await until('it has run twice more', () => Promise.resolve(runs >= before + 2));
    } finally {
      await engine.close();
      await database.drop();
    }
  });
});
