import { describe, expect, it } from 'vitest';
import { saslprep } from './saslprep.js';

describe('saslprep', () => {
  it.each([
    // The examples of RFC 4013, section 3.
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    // Spaces that are not ASCII.
    ['a\u00a0b\u3000c', 'a b c'],
    ['u\u0308', 'ü'],
  ])('prepares %j', (password, prepared) => {
    expect(saslprep(password)).toBe(prepared);
  });

  it.each([
    ['ASCII, control characters included', '\u0007'],
    ['a prohibited character', '\u0080ﬁ'],
    ['a character newer than Unicode 3.2', '😀ﬁ'],
    ['text from right to left that does not end so', '\u0627\u0031ﬁ'],
    ['both directions', 'אaא'],
    ['nothing else than what is dropped', '\u00ad'],
  ])('leaves a password alone that is or has %s', (_, password) => {
    expect(saslprep(password)).toBe(password);
  });

  it('leaves text from right to left as it is', () => {
    expect(saslprep('אבג')).toBe('אבג');
  });
});
