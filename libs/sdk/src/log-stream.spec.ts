import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { json, ScriptedServer } from '../spec/scripted-server.js';
import type { InstanceLogLine } from './generated/types.gen.js';
import { createToygres } from './toygres.js';

function openLog(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.write('retry: 2\nevent: stream.open\ndata: {}\n\n');
}

const lineFrame = (number: number): string => {
  const line = { id: `a.log:1:${String(number)}`, time: null, severity: 'log', text: `line ${String(number)}` };
  return `id: ${line.id}\nevent: log.line\ndata: ${JSON.stringify(line)}\n\n`;
};

const texts = (lines: readonly InstanceLogLine[]): string[] => lines.map(({ text }) => text);

async function takeAll(lines: AsyncIterable<InstanceLogLine>): Promise<InstanceLogLine[]> {
  const taken: InstanceLogLine[] = [];
  for await (const line of lines) {
    taken.push(line);
  }
  return taken;
}

describe('a log that is followed', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes on behind the last line when it is cut in the middle of one, until nothing is left of the instance', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      openLog(response);
      if (attempt === 1) {
        response.write(lineFrame(1) + lineFrame(2) + lineFrame(3).slice(0, -20), () => response.destroy());
      } else if (attempt === 2) {
        response.end(': heartbeat\n\n');
      } else {
        response.end(`${lineFrame(3)}event: stream.end\ndata: {}\n\n`);
      }
    });
    const [onOpen, onCut] = [vi.fn(), vi.fn()];
    const { instances } = createToygres({ baseUrl: server.url });
    const lines = await takeAll(instances.followLogs('proddb', { tailLines: 50, since: '15m', onOpen, onCut }));
    expect(texts(lines)).toEqual(['line 1', 'line 2', 'line 3']);
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      'a.log:1:2',
      'a.log:1:2',
    ]);
    expect(server.requests[0]?.url).toBe('/api/instances/proddb/logs?follow=true&tail_lines=50&since=15m');
    expect(onOpen).toHaveBeenCalledTimes(3);
    expect(onCut.mock.calls.map(([reason]) => (reason as { code?: string } | undefined)?.code)).toEqual([
      'network_error',
      undefined,
    ]);
  });

  it('begins behind the line that somebody has kept, and passes over what it does not know', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      openLog(response);
      response.write(`event: log.later\ndata: {}\n\n${lineFrame(5)}`);
    });
    for await (const { text } of createToygres({ baseUrl: server.url }).instances.followLogs('a b', {
      after: 'x:1:2',
    })) {
      expect(text).toBe('line 5');
      break;
    }
    expect(server.requests[0]).toMatchObject({
      url: '/api/instances/a%20b/logs?follow=true',
      headers: { accept: 'text/event-stream', 'last-event-id': 'x:1:2' },
    });
  });

  it('comes back when there were too many streams, and gives up when it is refused', async () => {
    const refuse = (response: ServerResponse, status: number, code: string): void => {
      json(response, status, { code, error: 'No.' });
    };
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      refuse(response, attempt === 1 ? 429 : 404, attempt === 1 ? 'too_many_streams' : 'instance_not_found');
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 500 });
    const lines = takeAll(createToygres({ baseUrl: server.url }).instances.followLogs('proddb'));
    await expect(lines).rejects.toMatchObject({ code: 'instance_not_found' });
    expect(server.requests).toHaveLength(2);
  });

  it('ends with the reason of its signal', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      openLog(response);
      response.write(lineFrame(1));
    });
    const end = new AbortController();
    const lines = createToygres({ baseUrl: server.url }).instances.followLogs('proddb', { signal: end.signal });
    await lines.next();
    end.abort(new Error('enough'));
    await expect(lines.next()).rejects.toThrow('enough');
  });

  it('may also be read once', async () => {
    const line = { id: 'a:1:2', time: null, severity: 'error', text: 'ERROR:  no' };
    await using server = await ScriptedServer.start((_request, response) => json(response, 200, { lines: [line] }));
    const { instances } = createToygres({ baseUrl: server.url });
    expect(await instances.logs('proddb', { tail_lines: 5, previous: true })).toEqual([line]);
    expect(server.requests[0]?.url).toBe('/api/instances/proddb/logs?tail_lines=5&previous=true');
  });
});
