import type { Dependencies } from '../../../cli/dependencies.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { look } from '../../../cli/redrive/look.ts';
import { moveBack } from '../../../cli/redrive/move-back.ts';
import { type Found, sampleWords } from '../../../cli/redrive/report.ts';
import { withLetters } from '../../../cli/redrive/with-letters.ts';
import { toIso } from '../../../core/instant.ts';
import type { Box, BoxLook, Redriven } from '../../api.ts';

type Deps = Pick<Dependencies, 'openLetters' | 'now' | 'sleep'>;

/** The terminal in which the console runs is not where somebody waits. */
const progress = () => ({ show: () => undefined, end: () => undefined });

const lookView = ({ causes, ...found }: Found, mostReceives: number | undefined): BoxLook => ({
  ...found,
  causes: causes.map((cause) => ({
    code: cause.code,
    letters: cause.letters,
    goes: cause.goes,
    stays: cause.stays,
    oldest: cause.oldest === undefined ? null : toIso(cause.oldest),
    example: sampleWords(cause, mostReceives),
  })),
});

/**
 * What is in a dead-letter queue, by cause, as `redrive` says it.
 *
 * @throws CliError what kept it from being looked at
 */
export const lookInto = (target: Target, box: Box, deps: Deps): Promise<BoxLook> =>
  withLetters(target, box, deps, async (opened) =>
    lookView(await look(box, opened, { ...deps, progress }), opened.outbox?.mostReceives),
  );

/**
 * Puts letters back where they came from, as `redrive --yes` does.
 *
 * @param code - only letters with this cause; null: all
 * @throws CliError what kept them from being moved; what was moved by then stays so
 */
export const redriveBox = (target: Target, box: Box, code: string | null, deps: Deps): Promise<Redriven> =>
  withLetters(target, box, deps, async (opened) => {
    const found = await look(box, opened, { ...deps, progress });
    const done = await moveBack(found, code ?? undefined, opened, { ...deps, progress });
    return {
      moved: done?.moved ?? 0,
      stayed: [...(done?.stayed ?? [])].map(([why, letters]) => ({ why, letters })),
      hidden: found.letters === 0 ? found.depth : 0,
    };
  });
