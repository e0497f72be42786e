import { REASONS } from '../../console/page/views/list/reasons.ts';
import { BLOCKING_REASONS } from '../../core/entry/entry.ts';

test('the page, which imports nothing of core, offers every reason that blocks, and no other', () => {
  expect(REASONS).toEqual(BLOCKING_REASONS);
});
