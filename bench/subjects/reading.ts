// Times reading and deciding against the two JSON.parse calls nobody can avoid. Bundled as a function is: a loader that
// rewrites closures on the way would be measured too.
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { classify } from '../../core/decisions/classify.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { pairwise } from '../median.ts';
import { bounceBody, deliveryBody, recordOf } from './bodies.ts';

const EVENTS = 20_000;
const ROUNDS = 15;
let sink = 0;

const perEvent = (work: () => void) => (): number => {
  const start = performance.now();
  for (let i = 0; i < EVENTS; i += 1) work();
  return ((performance.now() - start) / EVENTS) * 1000;
};

const measure = async (body: string) => {
  const record = recordOf('1', body);
  const floor = perEvent(() => {
    const message = JSON.parse(JSON.parse(body).Message);
    sink += message.mail ? 1 : 0;
  });
  const value = perEvent(() => {
    for (const opened of openEnvelope(record)) sink += classify(opened, DEFAULT_POLICY).kind === 'decided' ? 1 : 0;
  });
  floor();
  value();
  return pairwise(ROUNDS, value, floor);
};

const result = { bounce: await measure(bounceBody(1)), delivery: await measure(deliveryBody(1)) };
if (sink === 0) throw new Error('nothing was read');
process.stdout.write(JSON.stringify(result));
