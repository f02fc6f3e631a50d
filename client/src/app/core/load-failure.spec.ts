import { isLoadFailure } from './load-failure';

describe('isLoadFailure', () => {
  it.each([
    new TypeError('Failed to fetch dynamically imported module: http://localhost/chunk-abc.js'),
    new TypeError('error loading dynamically imported module: http://localhost/chunk-abc.js'),
    new TypeError('Importing a module script failed.'),
    Object.assign(new Error('Loading chunk 7 failed.'), { name: 'ChunkLoadError' }),
  ])('knows %s', (error) => {
    expect(isLoadFailure(error)).toBe(true);
  });

  it.each([new TypeError('Failed to fetch'), new Error('no'), 'Importing a module script failed.', undefined])(
    'leaves %s to others',
    (error) => {
      expect(isLoadFailure(error)).toBe(false);
    },
  );
});
