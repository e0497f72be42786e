import { faultOf } from '../../../proof/fuzz/finding.ts';

test('a finding says where it was thrown in paths of the repository, wherever that is checked out', () => {
  const { stack } = faultOf(new Error('planted'));
  const [thrown] = stack.split('\n');
  expect(thrown).toMatch(/[ (]test\/proof\/fuzz\/finding\.test\.ts:\d+:\d+\)?$/);
  expect(stack).not.toMatch(/(?:file:\/\/|[ (])\//);
});
