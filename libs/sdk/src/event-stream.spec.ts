import { afterEach, describe, expect, it, vi } from 'vitest';
import { frame, json, openStream, ScriptedServer } from '../spec/scripted-server.js';
import type { KeptEvent, ToygresEvent } from './event-stream.js';
import { createToygres } from './toygres.js';

const MOVED = 'instance.state_changed';

/** The first events of a stream. */
async function take<Event extends ToygresEvent>(events: AsyncIterable<Event>, count: number): Promise<Event[]> {
  const taken: Event[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

const ids = (events: readonly KeptEvent[]): string[] => events.map(({ id }) => id);

describe('the event stream', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('goes on after the last event when the connection is cut in the middle of one', async () => {
    await using server = await ScriptedServer.start(({ headers }, response, attempt) => {
      if (attempt === 1) {
        openStream(response, 0);
        response.write(frame(1, MOVED) + frame(2, MOVED) + frame(3, MOVED).slice(0, -20), () => response.destroy());
        return;
      }
      const after = Number(headers['last-event-id']);
      openStream(response, after);
      response.write(frame(after + 1, MOVED) + frame(after + 2, MOVED));
    });
    const events = await take(createToygres({ baseUrl: server.url }).events(), 4);
    expect(ids(events)).toEqual(['1', '2', '3', '4']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2']);
  });

  it('resumes where the stream was opened when it is cut before the first event', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, 41);
      if (attempt < 3) {
        response.end();
      } else {
        response.write(frame(42, MOVED));
      }
    });
    const opened = vi.fn();
    const events = await take(createToygres({ baseUrl: server.url }).events({ onOpen: opened }), 1);
    expect(ids(events)).toEqual(['42']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '41', '41']);
    expect(opened).toHaveBeenCalledTimes(3);
  });

  it('tells of every sign of life, of every cut, and of when it comes back', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, 7);
      if (attempt === 1) {
        response.end();
      } else {
        response.write(frame(8, MOVED));
      }
    });
    const onOpen = vi.fn();
    const onCut = vi.fn();
    const onHeard = vi.fn();
    await take(createToygres({ baseUrl: server.url }).events({ onOpen, onCut, onHeard }), 1);
    expect(onOpen.mock.calls).toEqual([['7'], ['7']]);
    expect(onCut.mock.calls).toEqual([[undefined, expect.any(Number)]]);
    expect(onHeard.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('says why it is cut when the server can not be reached', async () => {
    await using server = await ScriptedServer.start((_request, response) => openStream(response, 1));
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const stop = new AbortController();
    const cut = vi.fn(() => stop.abort(new Error('enough')));
    const events = createToygres({ baseUrl: url }).events({ signal: stop.signal, onCut: cut });
    await expect(events.next()).rejects.toThrow('enough');
    expect(cut).toHaveBeenCalledWith(expect.objectContaining({ code: 'network_error' }), expect.any(Number));
  });

  it('passes over what it has given already', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, 9);
      response.write(frame(10, MOVED) + frame(11, MOVED));
      if (attempt === 1) {
        response.end();
      } else {
        response.write(frame(12, MOVED));
      }
    });
    const events = await take(createToygres({ baseUrl: server.url }).events({ lastEventId: '9' }), 3);
    expect(ids(events)).toEqual(['10', '11', '12']);
    expect(server.requests[0]?.headers['last-event-id']).toBe('9');
  });

  it('says that events are lost, and goes on from there', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      openStream(response, 900);
      response.write('id: 3\nevent: stream.reset\ndata: {}\n\n');
      response.write(frame(4, MOVED));
    });
    const events = await take(createToygres({ baseUrl: server.url }).events({ lastEventId: '900' }), 2);
    expect(events).toMatchObject([
      { type: 'stream.reset', id: '3' },
      { type: MOVED, id: '4' },
    ]);
  });

  it('asks for the instance by its id once it knows that', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, attempt);
      response.end(frame(attempt + 1, MOVED));
    });
    await take(createToygres({ baseUrl: server.url }).events({ instance: 'proddb' }), 2);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/events?instance=proddb',
      '/api/events?instance=0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11',
    ]);
  });

  it('gives health checks to those who ask for them, and stands where it stood', async () => {
    const checked = {
      type: 'health.checked',
      checks: [
        {
          instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11',
          status: 'healthy',
          checked_at: '2026-11-14T12:00:00.000Z',
          response_time_ms: 2.6,
          reason: null,
        },
      ],
    };
    const transient = `event: health.checked\ndata: ${JSON.stringify(checked)}\n\n`;
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, 6);
      if (attempt === 1) {
        response.end(transient + frame(7, MOVED) + transient);
      } else {
        response.write(transient + frame(8, MOVED));
      }
    });
    const events = await take(createToygres({ baseUrl: server.url }).events({ checks: true }), 5);
    expect(events).toEqual([
      checked,
      expect.objectContaining({ id: '7' }),
      checked,
      checked,
      expect.objectContaining({ id: '8' }),
    ]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/events?checks=true', '/api/events?checks=true']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '7']);
  });

  it('comes back after a failure of the server or of a proxy, more slowly each time', async () => {
    const setTimer = globalThis.setTimeout;
    const delays: number[] = [];
    const isPause = (ms: number | undefined): ms is number => ms !== undefined && ms >= 1_000 && ms <= 30_000;
    vi.spyOn(Math, 'random').mockReturnValue(1);
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...args: Parameters<typeof setTimeout>) => {
      const [callback, ms, ...rest] = args;
      if (!isPause(ms) || args.length > 2) {
        return setTimer(callback, ms, ...rest);
      }
      delays.push(ms);
      return setTimer(callback, 0);
    });
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      // Every attempt of the stream is three requests.
      if (attempt <= 21) {
        response.writeHead(attempt % 2 === 1 ? 502 : 503).end('<html>Bad Gateway</html>');
      } else {
        openStream(response, 0);
        response.write(frame(1, MOVED));
      }
    });
    expect(ids(await take(createToygres({ baseUrl: server.url }).events(), 1))).toEqual(['1']);
    expect(server.requests).toHaveLength(22);
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('comes back when nothing is heard any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openStream(response, 0);
      if (attempt > 1) {
        response.write(frame(1, MOVED));
      }
    });
    const passTime = async (): Promise<void> => {
      while (server.requests.length < 2) {
        await vi.advanceTimersByTimeAsync(100);
      }
    };
    const onOpen = vi.fn(() => void passTime());
    expect(ids(await take(createToygres({ baseUrl: server.url }).events({ onOpen }), 1))).toEqual(['1']);
    expect(onOpen.mock.calls.length).toBeGreaterThan(1);
  });

  it('ends with the error when the server refuses', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      json(response, 404, { status: 404, code: 'instance_not_found', error: 'There is no instance "nodb".' });
    });
    const events = createToygres({ baseUrl: server.url }).events({ instance: 'nodb' });
    await expect(take(events, 1)).rejects.toMatchObject({
      name: 'ToygresError',
      status: 404,
      code: 'instance_not_found',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('ends with an error when something else answers', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>');
    });
    await expect(take(createToygres({ baseUrl: server.url }).events(), 1)).rejects.toMatchObject({
      code: 'invalid_answer',
    });
  });

  it('ends with the reason of the signal, while it waits for an event and while it waits to come back', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      openStream(response, 0);
    });
    const stop = new AbortController();
    const reason = new Error('enough');
    const onOpen = (): void => stop.abort(reason);
    const events = createToygres({ baseUrl: server.url }).events({ signal: stop.signal, onOpen });
    await expect(take(events, 1)).rejects.toBe(reason);

    const noServer = createToygres({ baseUrl: 'http://127.0.0.1:1', fetch: () => Promise.reject(new TypeError('no')) });
    const waiting = new AbortController();
    const next = take(noServer.events({ signal: waiting.signal }), 1);
    waiting.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  it('lets go of the connection when the loop is left', async () => {
    let closed: Promise<unknown> | undefined;
    await using server = await ScriptedServer.start((_request, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      openStream(response, 0);
      response.write(frame(1, MOVED));
    });
    await take(createToygres({ baseUrl: server.url }).events(), 1);
    await expect(closed).resolves.toBeUndefined();
  });
});
