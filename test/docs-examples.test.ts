import { readFileSync } from 'node:fs';
import { prepare } from '../core/send/prepare.ts';

const SETS = {
  configurationSet: 'main',
  configurationSets: ['main'],
  unsubscribe: { link: async () => 'https://x.example' },
};

/** Every JSON example of a document that is a send request. */
const requestsIn = (name: string): object[] =>
  [...readFileSync(`${__dirname}/../${name}`, 'utf8').matchAll(/```json\n([\s\S]*?)```/g)]
    .map(([, json = '']) => JSON.parse(json.replaceAll('…', '')))
    .filter((parsed) => 'to' in parsed);

test.each(['docs/sending.md', 'docs/unsubscribe.md'])('every request in %s is one that is taken', (name) => {
  const requests = requestsIn(name);
  expect(requests.length).toBeGreaterThan(0);
  for (const request of requests) expect(prepare(request, SETS)).toMatchObject({ ok: true });
});
