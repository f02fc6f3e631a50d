import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither undefined nor false. For what announces itself nowhere; what is announced is waited for
 * by its event.
 *
 * @param seconds after which it fails, saying what it waited for
 */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false>,
  seconds = 30,
): Promise<Value> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${String(seconds)} s in vain until ${what}.`);
    }
    await sleep(20);
  }
}
