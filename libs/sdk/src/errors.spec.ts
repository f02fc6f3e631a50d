import { describe, expect, it } from 'vitest';
import { json, ScriptedServer } from '../spec/scripted-server.js';
import { ToygresError } from './errors.js';
import { createToygres } from './toygres.js';

async function failureOf(call: Promise<unknown>): Promise<ToygresError> {
  return call.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(ToygresError);
      return error as ToygresError;
    },
  );
}

describe('errors', () => {
  it('carry the problem document', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'validation_failed',
      detail: 'The name must have 3 to 63 characters.',
      error: 'The name must have 3 to 63 characters.',
      instance: 'urn:uuid:8f14e45f-ceea-467f-a0e6-1f5f0c8d7a11',
      errors: [{ pointer: '/name', code: 'name_length', message: 'The name must have 3 to 63 characters.' }],
    };
    await using server = await ScriptedServer.start((_request, response) => {
      json(response, 400, problem, { 'Content-Type': 'application/problem+json', 'X-Request-Id': '8f14e45f' });
    });
    const error = await failureOf(createToygres({ baseUrl: server.url }).instances.get('x'));
    expect(error).toMatchObject({
      status: 400,
      code: 'validation_failed',
      message: problem.error,
      error: problem.error,
      errors: problem.errors,
      requestId: '8f14e45f',
      problem,
    });
  });

  it.each([
    ['text/html', '<html>502 Bad Gateway</html>'],
    ['application/json', '{"message":"no problem document"}'],
    ['application/json', '{"cut off'],
    ['text/plain', ''],
  ])('tell the status when the body is no problem document: %s %s', async (type, body) => {
    await using server = await ScriptedServer.start((_request, response) => {
      response.writeHead(502, { 'Content-Type': type }).end(body);
    });
    const error = await failureOf(createToygres({ baseUrl: server.url }).stats());
    expect(error).toMatchObject({
      status: 502,
      code: 'http_502',
      message: 'The server answered 502 Bad Gateway.',
      errors: [],
    });
    expect(error.problem).toBeUndefined();
  });

  it('tell that an answer is no JSON', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>');
    });
    const error = await failureOf(createToygres({ baseUrl: server.url }).stats());
    expect(error).toMatchObject({ status: 200, code: 'invalid_answer' });
  });

  it('tell that there is no answer, and why', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      response.destroy();
    });
    const error = await failureOf(createToygres({ baseUrl: server.url }).stats());
    expect(error).toMatchObject({ status: 0, code: 'network_error' });
    expect(error.message).toMatch(/^There is no answer: .+\.$/);
    expect(error.message).not.toContain('fetch failed');
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.requests).toHaveLength(3);
  });

  it('tell that an answer was cut off', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"total":', () => response.destroy());
    });
    expect(await failureOf(createToygres({ baseUrl: server.url }).stats())).toMatchObject({
      status: 0,
      code: 'network_error',
    });
  });

  it('are the reason of the signal when the caller ends the call', async () => {
    const stop = new AbortController();
    const reason = new Error('not needed any more');
    await using server = await ScriptedServer.start(() => {
      stop.abort(reason);
    });
    await expect(createToygres({ baseUrl: server.url }).stats({ signal: stop.signal })).rejects.toBe(reason);
    await expect(createToygres({ baseUrl: server.url }).stats({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('do not hide a report of what is not ready', async () => {
    const report = { status: 'failing', components: { queue: { status: 'failing', reason: 'No connection.' } } };
    await using server = await ScriptedServer.start((_request, response) => {
      json(response, 503, report);
    });
    await expect(createToygres({ baseUrl: server.url }).readiness()).resolves.toEqual(report);
  });
});
