import { Aws, CfnRule, Fn, type Stack, Token } from 'aws-cdk-lib';
import { SES_REGIONS, SES_REGIONS_AS_OF } from './regions.ts';

const REMEDY = 'deploy to one of these, or set allowRegion to true if SES has come to this region since';

/**
 * Refuses a region without SES: at synth where the region is known, else by a CloudFormation rule before anything is
 * created.
 *
 * @param allowRegion - `true` lets every region through: the list is as old as its date
 * @throws if the stack's region is known and has no SES; the message lists those that have it
 * @example requireSesRegion(stack, false)
 */
export const requireSesRegion = (stack: Stack, allowRegion: boolean): void => {
  if (allowRegion) return;
  const known = `regions with SES, as of ${SES_REGIONS_AS_OF}: ${SES_REGIONS.join(', ')}`;
  if (!Token.isUnresolved(stack.region)) {
    if (!SES_REGIONS.includes(stack.region))
      throw new Error(`region must have Amazon SES, got: ${stack.region}; ${REMEDY}; ${known}`);
    return;
  }
  new CfnRule(stack, 'RegionHasSes', {
    assertions: [
      {
        assert: Fn.conditionContains([...SES_REGIONS], Aws.REGION),
        assertDescription: `The region must have Amazon SES: ${REMEDY}. As of ${SES_REGIONS_AS_OF}: ${SES_REGIONS.join(', ')}`,
      },
    ],
  });
};

/**
 * Refuses other Regions that have no SES: nobody sends from there, and a copy in a Region that does not exist fails the
 * deployment of the list.
 *
 * @param allowRegion - as for {@link requireSesRegion}
 * @throws with the Region and those that have SES
 */
export const requireSesRegions = (regions: readonly string[], allowRegion: boolean): void => {
  const without = allowRegion ? undefined : regions.find((region) => !SES_REGIONS.includes(region));
  if (without !== undefined)
    throw new Error(
      `regions must have Amazon SES, got: ${without}; name some of these, or set allowRegion to true if SES has come to it since; ` +
        `regions with SES, as of ${SES_REGIONS_AS_OF}: ${SES_REGIONS.join(', ')}`,
    );
};
