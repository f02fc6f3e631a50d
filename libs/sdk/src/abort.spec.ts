import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { frame, openStream, ScriptedServer } from '../spec/scripted-server.js';
import { createToygres } from './toygres.js';

/** Collects garbage until nothing is left that only weak references lead to. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate);
    collect();
  }
}

// Node.js ties a signal to a request, and the request to its answer, by objects that nothing else holds.
describe('a signal, when garbage was collected meanwhile', () => {
  const reason = new Error('enough');

  it('ends a stream', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      openStream(response, 0);
      response.write(frame(1, 'instance.state_changed'));
    });
    const stop = new AbortController();
    const events = createToygres({ baseUrl: server.url }).events({ signal: stop.signal });
    await events.next();
    const next = events.next();
    await collectGarbage();
    stop.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  it('lets go of the connection of a stream that is left', async () => {
    const closed = Promise.withResolvers<undefined>();
    await using server = await ScriptedServer.start((_request, response) => {
      response.on('close', () => closed.resolve(undefined));
      openStream(response, 0);
      response.write(frame(1, 'instance.state_changed'));
    });
    const events = createToygres({ baseUrl: server.url }).events();
    await events.next();
    await collectGarbage();
    await events.return();
    await expect(closed.promise).resolves.toBeUndefined();
  });

  it('ends a call that is not answered', async () => {
    const asked = Promise.withResolvers<undefined>();
    await using server = await ScriptedServer.start(() => asked.resolve(undefined));
    const stop = new AbortController();
    const call = createToygres({ baseUrl: server.url }).stats({ signal: stop.signal });
    await asked.promise;
    await collectGarbage();
    stop.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});
