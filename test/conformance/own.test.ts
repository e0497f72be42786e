import { tasksOf } from '../../conformance/corpus/tasks.ts';
import { answerTo, type OwnTask } from '../../conformance/own/answer.ts';
import { LEVELS } from '../../conformance/run/level.ts';
import { scoreOf } from '../../conformance/run/score.ts';
import { corpus } from './corpus.ts';

test('this project answers every task of the corpus as expected', async () => {
  const asked = (await corpus).cases.flatMap(tasksOf);
  const answers = new Map<string, { readonly [field: string]: unknown }>();
  for (const { task } of asked) {
    // as a runner gets it: over JSON
    const answer = JSON.parse(JSON.stringify(await answerTo(JSON.parse(JSON.stringify(task)) as OwnTask)));
    answers.set(task.id, answer);
  }
  const score = scoreOf(asked, { answers, levels: undefined, breaches: [] }, LEVELS);
  expect(score.differences).toEqual([]);
  expect(score.counts.reduce((sum, { failed, unsupported }) => sum + failed + unsupported, 0)).toBe(0);
});
