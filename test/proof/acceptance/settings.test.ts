import { differences } from '../../../proof/acceptance/wanted-settings.ts';

test('Differences are told, and what is not wanted may be anything', () => {
  expect(differences({ a: '1', b: undefined, c: '3' }, { a: '1', b: '2', d: '4' })).toEqual([
    'c is not set, should be 3',
  ]);
  expect(differences({ a: '1' }, { a: '2' })).toEqual(['a is 2, should be 1']);
});
