import { anInstance } from '../../../testing/samples';
import { bestFirst, matches, parted } from './palette-entry';

describe('the search of the palette', () => {
  it('finds labels by any of their words, whatever their case', () => {
    expect(matches('Create instance', 'INST cre')).toBe(true);
    expect(matches('Create instance', 'inst del')).toBe(false);
    expect(matches('Create instance', '')).toBe(true);
  });

  it('parts a label at what was searched for', () => {
    expect(parted('my-Orders', 'ord')).toEqual(['my-', 'Ord', 'ers']);
    expect(parted('orders', 'x')).toEqual(['orders', '', '']);
    expect(parted('orders', '')).toEqual(['orders', '', '']);
  });

  it('puts the same name first, then what begins so', () => {
    const names = ['my-ord', 'orders', 'ord', 'order'];
    const found = bestFirst(
      names.map((user_name) => anInstance({ user_name })),
      'ord',
    );
    expect(found.map(({ user_name }) => user_name)).toEqual(['ord', 'orders', 'order', 'my-ord']);
  });
});
