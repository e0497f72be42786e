import type { Dependencies } from '../../../cli/dependencies.ts';
import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { withList } from '../../../cli/deployment/with-list.ts';
import { withOpened } from '../../../cli/deployment/with-opened.ts';
import { countList, type ListCounts } from '../../../cli/stats/list-counts.ts';
import { metricsFault } from '../../../cli/stats/stats-fault.ts';
import { type Instant, toIso } from '../../../core/instant.ts';
import type { Rates } from '../../api.ts';
import { ratesView } from './rates-view.ts';
import { readWindow } from './window-read.ts';

/** Changes of the list that are counted: a page is waited for, so it counts fewer than `stats` does. */
const MOST_CHANGES = 10_000;

const countChanges = (deps: Dependencies, target: Target, since: Instant): Promise<ListCounts> =>
  withList(deps, target, async ({ ledger }) => {
    try {
      return await countList(ledger, toIso(since), MOST_CHANGES, () => undefined);
    } catch (fault) {
      throw awsFault(fault);
    }
  });

/**
 * Reads what the view of rates shows of the last hours, as `stats` reckons it.
 *
 * One look is five questions of CloudWatch (GetMetricData), which bills each metric that is asked for: all counters once,
 * those of rates and streams twice more, and four others; and as many entries of the list's index as changed in the window,
 * 10,000 at the most.
 *
 * @throws CliError what kept it from being read
 */
export const readRates = async (deps: Dependencies, target: Target, hours: number): Promise<Rates> => {
  const read = await withOpened(deps.openMetrics, target, (opened) => readWindow(opened, hours, deps.now())).catch(
    (fault: unknown) => Promise.reject(metricsFault(fault)),
  );
  return ratesView(read, await countChanges(deps, target, read.metrics.since));
};
