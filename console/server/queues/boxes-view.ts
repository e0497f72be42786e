import { CliError } from '../../../cli/cli-error.ts';
import type { Dependencies } from '../../../cli/dependencies.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { printable } from '../../../cli/output/printable.ts';
import { BOXES, DESTINATIONS, NO_DESTINATION } from '../../../cli/redrive/boxes.ts';
import { withLetters } from '../../../cli/redrive/with-letters.ts';
import { toIso } from '../../../core/instant.ts';
import { LETTER_BOXES } from '../../../core/redrive/letters.ts';
import type { Box, Problem, Queues } from '../../api.ts';
import { refusalOf } from '../refusal-of.ts';

type BoxView = Queues['boxes'][number];
type Deps = Pick<Dependencies, 'openLetters' | 'now' | 'stderr'>;

/** How a deployment says that it has no such queue. */
const HAS_NONE = new Set(['DeploymentLacks', 'NotInLocalCloud']);

/** What nobody foresaw is told in the terminal, as of a request that fails. */
const problemOf = async (box: Box, fault: unknown, { stderr }: Deps): Promise<Problem | null> => {
  if (fault instanceof CliError && HAS_NONE.has(fault.code)) return null;
  const { status, problem } = refusalOf(fault);
  if (status === 500) await stderr.write(`${box}: ${printable(String(fault))}\n`).catch(() => undefined);
  return problem;
};

const boxView = async (target: Target, box: Box, deps: Deps): Promise<BoxView> => {
  const named = { box, title: BOXES[box] };
  try {
    return await withLetters(target, box, deps, async ({ letters, outbox }) => {
      const way =
        outbox === undefined
          ? { destination: null, noDestination: NO_DESTINATION[box] }
          : { destination: DESTINATIONS[box], noDestination: null };
      return { ...named, depth: await letters.depth(), problem: null, ...way };
    });
  } catch (fault) {
    const problem = await problemOf(box, fault, deps);
    return { ...named, depth: null, problem, destination: null, noDestination: null };
  }
};

/** How full each dead-letter queue is; one that cannot be read keeps nobody from seeing the others. */
export const readQueues = async (target: Target, deps: Deps): Promise<Queues> => ({
  at: toIso(deps.now()),
  boxes: await Promise.all(LETTER_BOXES.map((box) => boxView(target, box, deps))),
});
