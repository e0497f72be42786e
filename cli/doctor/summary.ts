import { counted } from '../output/words.ts';
import type { Finding, FindingStatus } from './finding.ts';

/** All findings in one sentence. */
export interface Summary {
  /** `unknown`: nothing wrong was found, but not everything could be looked at. */
  readonly standing: 'good' | 'unknown' | 'bad';
  /** @example 'Nothing is wrong' */
  readonly head: string;
  /** @example '1 note, 0 unknown, 34 ok' */
  readonly rest: string;
}

const HEADS = { good: 'Nothing is wrong', unknown: 'Nothing wrong was found' } as const;

/** What the findings come to. */
export const summaryOf = (findings: readonly Finding[]): Summary => {
  const count = (status: FindingStatus): number => findings.filter((each) => each.status === status).length;
  const rest = [
    counted(count('note'), 'note'),
    `${count('unknown')} unknown`,
    `${count('ok')} ok`,
    ...(count('not-checked-locally') > 0 ? [`${count('not-checked-locally')} not checked locally`] : []),
  ].join(', ');
  const wrong = count('wrong');
  if (wrong > 0) return { standing: 'bad', head: `${wrong} wrong`, rest };
  const standing = count('unknown') === 0 ? 'good' : 'unknown';
  return { standing, head: HEADS[standing], rest };
};
