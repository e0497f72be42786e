import { LEAST_LEAD_MS } from '../../../core/rate/lead.ts';
import { mostInASecond } from '../../core/rate/simulation.ts';
import { crowd } from './processor.ts';

/** Milliseconds of processor a mail takes: with 1,769, 1,024 and 256 MB. */
const WHOLE = 10;
const DEPLOYED = 17;
const SEVENTH = 70;

test.each([
  [WHOLE, 2, 14, 13],
  [DEPLOYED, 2, 14, 13],
  [DEPLOYED, 2, 50, 28],
  [DEPLOYED, 10, 500, 160],
  [SEVENTH, 2, 14, 12],
  [SEVENTH, 2, 50, 14],
  [SEVENTH, 2, 500, 12],
  [SEVENTH, 10, 50, 40],
  [SEVENTH, 10, 500, 45],
])(
  'at %d ms of processor a mail, %d functions at %d a second send at least %d, and give hardly any back',
  async (mailMs, functions, rate, least) => {
    const { starts, perSecond, received, givenBack, made, sent } = await crowd({ mailMs, functions, rate, seed: 1 });
    expect(mostInASecond(starts)).toBeLessThanOrEqual(rate);
    expect(perSecond).toBeGreaterThanOrEqual(least);
    expect(givenBack / received).toBeLessThan(0.01);
    expect((made - sent) / received).toBeLessThan(0.1);
  },
);

test('the most functions there may be keep to the rate together, and send a thousand mails a second', async () => {
  const { starts, perSecond, received, givenBack } = await crowd({
    mailMs: DEPLOYED,
    functions: 100,
    rate: 2000,
    seed: 1,
    seconds: 8,
  });
  expect(mostInASecond(starts)).toBeLessThanOrEqual(2000);
  expect(perSecond).toBeGreaterThanOrEqual(1000);
  expect(givenBack / received).toBeLessThan(0.01);
}, 180_000);

test('a lead that followed nothing would have mails made for nothing where there is little processor, and lose a third of the rate', async () => {
  const lead = () => ({ millis: () => LEAST_LEAD_MS, took: () => {} });
  const { perSecond, made, sent } = await crowd({ mailMs: SEVENTH, functions: 10, rate: 50, seed: 1, lead });
  expect(perSecond).toBeLessThan(35);
  expect(made).toBeGreaterThan(1.4 * sent);
});
