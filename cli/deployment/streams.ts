import { Output } from '../../core/contract/index.ts';
import type { Deployment } from './deployment.ts';

/**
 * Streams that a deployment counts, each for itself, in the order of its configuration.
 *
 * @returns empty if it counts none, or does not say
 */
export const countedStreams = ({ output }: Pick<Deployment, 'output'>): string[] =>
  (output(Output.STREAMS) ?? '').split(' ').filter(Boolean);
