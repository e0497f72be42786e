import { breakerSettings } from '../../adapters/breaker-settings.ts';
import { DEFAULT_BREAKER, Env } from '../../core/contract/index.ts';

test('reads what the stack passes', () => {
  const settings = { ...DEFAULT_BREAKER, volume: 'Send' };
  expect(breakerSettings({ [Env.BREAKER]: JSON.stringify(settings) })).toEqual(settings);
});

test.each([undefined, '', '{', '{}', JSON.stringify({ ...DEFAULT_BREAKER, volume: 'guess' })])(
  'refuses %j, with the remedy',
  (raw) => {
    expect(() => breakerSettings(raw === undefined ? {} : { [Env.BREAKER]: raw })).toThrow(/SUPPRESSOR_BREAKER.*;|:/);
  },
);
