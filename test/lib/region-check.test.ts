import { SES_REGIONS } from '../../lib/index.ts';
import { suppressor, suppressorTemplate } from './harness.ts';

test('refuses a region without SES at synth, with the region, the remedy and those that have it', () => {
  const build = () => suppressor({ env: { region: 'ap-east-1' } });
  expect(build).toThrow(
    `region must have Amazon SES, got: ap-east-1; deploy to one of these, or set allowRegion to true ` +
      `if SES has come to this region since; regions with SES, as of 2026-08: ${SES_REGIONS.join(', ')}`,
  );
});

test('leaves a region that is not known at synth to a rule of CloudFormation', () => {
  const { Rules } = suppressorTemplate({ env: {} }).toJSON();
  const [assertion] = Rules.RegionHasSes.Assertions;
  expect(assertion.Assert).toEqual({ 'Fn::Contains': [SES_REGIONS, { Ref: 'AWS::Region' }] });
  expect(assertion.AssertDescription).toMatch(/set allowRegion to true/);
});

test('makes no rule where the region is known', () => {
  expect(suppressorTemplate().toJSON().Rules?.RegionHasSes).toBeUndefined();
});

test('lets every region through where that is asked for', () => {
  expect(() => suppressor({ env: { region: 'ap-east-1' }, allowRegion: true })).not.toThrow();
  expect(suppressorTemplate({ env: {}, allowRegion: true }).toJSON().Rules?.RegionHasSes).toBeUndefined();
});

test('knows the thirty regions of the guide, each once', () => {
  expect(new Set(SES_REGIONS).size).toBe(30);
  expect(SES_REGIONS).toHaveLength(30);
});
