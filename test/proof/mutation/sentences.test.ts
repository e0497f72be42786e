import { wording } from '../../../proof/mutation/sentences.ts';

test.each([
  ['a sentence', 'give exactly one', true],
  ['a code', 'AddressNotOne', false],
  ['two words', 'Rendering Failure', false],
  ['blanks', '   ', false],
  ['nothing', '', false],
])('the wording of %s', (_what, value, left) => {
  expect(wording({ type: 'StringLiteral', value }) !== undefined).toBe(left);
});

test('what is built of values is never left alone', () => {
  expect(wording({ type: 'TemplateLiteral' })).toBeUndefined();
  expect(wording({ type: 'DirectiveLiteral', value: 'a b c d' })).toBeUndefined();
});
