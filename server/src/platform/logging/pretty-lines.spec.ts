import { stripVTControlCharacters } from 'node:util';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type LogFormat, prettyLines } from './pretty-lines.js';

async function log(format: LogFormat, isTTY?: boolean): Promise<string | undefined> {
  let text = '';
  const output = { ...(isTTY === undefined ? {} : { isTTY }), write: (part: string) => (text += part) };
  const destination = await prettyLines(format, output);
  if (!destination) {
    return undefined;
  }
  const logger = pino({ base: { process: 'toygres all' } }, destination);
  logger.warn({ context: 'Dispatcher' }, 'The sweep failed.');
  logger.info('Without a context.');
  // Colours depend on where the tests run.
  return stripVTControlCharacters(text);
}

describe('the log', () => {
  it.each<[LogFormat, boolean | undefined]>([
    ['auto', true],
    ['pretty', true],
    ['pretty', undefined],
  ])('is made of lines for people when it is "%s" and the terminal is %s', async (format, isTTY) => {
    expect(await log(format, isTTY)).toMatch(
      /^\[\d\d:\d\d:\d\d\] WARN: Dispatcher: The sweep failed\.\n\[\d\d:\d\d:\d\d\] INFO: Without a context\.\n$/,
    );
  });

  it.each<[LogFormat, boolean | undefined]>([
    ['auto', undefined],
    ['auto', false],
    ['json', true],
    ['json', undefined],
  ])('is JSON when it is "%s" and the terminal is %s', async (format, isTTY) => {
    expect(await log(format, isTTY)).toBeUndefined();
  });
});
