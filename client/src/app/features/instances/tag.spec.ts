import { parseTag, tagFaults, tidyTag } from './tag';

describe('a tag as it is typed', () => {
  it('has a key, a colon and a value', () => {
    expect(parseTag('team:backend')).toEqual({ key: 'team', value: 'backend' });
    expect(parseTag(' team : backend ')).toEqual({ key: 'team', value: 'backend' });
    expect(parseTag('team')).toBeUndefined();
    expect(tidyTag('team:backend')).toBe('team: backend');
    expect(tidyTag('team:')).toBe('team:');
  });

  it.each([
    ['team: backend', []],
    ['team:', []],
    ['team', ['tag_form']],
    ['-team: x', ['tag_key']],
    ['team: Prod!', ['tag_value']],
  ])('%s has the faults %j', (text, codes) => {
    expect(tagFaults(text, [text]).map(({ code }) => code)).toEqual(codes);
  });

  it('may have its key only once', () => {
    expect(tagFaults('team: a', ['team: a', 'team:b']).map(({ code }) => code)).toEqual(['tag_twice']);
  });
});
