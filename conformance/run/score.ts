import type { Asked } from '../corpus/tasks.ts';
import type { Said } from './ask-runner.ts';
import { judge, type Mismatch } from './judge.ts';
import { LEVELS_OF, type Level } from './level.ts';

/** How many cases of a theme came out which way at one level. */
export interface Count {
  readonly level: Level;
  readonly theme: string;
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
}

/** One case that did not come out as expected. */
export interface Difference {
  /** The task's id: of a sequence with the order that differs first. */
  readonly id: string;
  readonly level: Level;
  readonly theme: string;
  readonly title: string;
  readonly mismatches: readonly Mismatch[];
}

export interface Score {
  readonly counts: readonly Count[];
  readonly differences: readonly Difference[];
  readonly breaches: readonly string[];
}

const byCase = (all: readonly Asked[]): Asked[][] => {
  const groups = new Map<string, Asked[]>();
  for (const asked of all) groups.set(asked.of.id, [...(groups.get(asked.of.id) ?? []), asked]);
  return [...groups.values()];
};

/**
 * Counts cases a level and a theme. A sequence passes if it does in every order; it is unsupported if an order is and
 * none differs.
 *
 * @param levels - only these
 */
export const scoreOf = (all: readonly Asked[], said: Said, levels: readonly Level[]): Score => {
  const counts = new Map<string, { -readonly [name in keyof Count]: Count[name] }>();
  const differences: Difference[] = [];
  for (const group of byCase(all)) {
    const [first] = group;
    if (first === undefined) continue;
    const { kind, theme, title } = first.of;
    for (const level of LEVELS_OF[kind].filter((each) => levels.includes(each))) {
      const key = `${level}/${theme}`;
      const count = counts.get(key) ?? { level, theme, passed: 0, failed: 0, unsupported: 0 };
      counts.set(key, count);
      if (said.levels !== undefined && !said.levels.includes(level)) {
        count.unsupported += 1;
        continue;
      }
      const verdicts = group.map((asked) => ({
        id: asked.task.id,
        ...judge(asked, said.answers.get(asked.task.id), level),
      }));
      const failed = verdicts.find((each) => each.outcome === 'failed');
      if (failed?.outcome === 'failed') {
        count.failed += 1;
        differences.push({ id: failed.id, level, theme, title, mismatches: failed.mismatches });
      } else if (verdicts.some(({ outcome }) => outcome === 'unsupported')) count.unsupported += 1;
      else count.passed += 1;
    }
  }
  return { counts: [...counts.values()], differences, breaches: said.breaches };
};
