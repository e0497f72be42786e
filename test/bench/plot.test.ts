import { linePlot } from '../../bench/plot.ts';

const plot = {
  title: 'Waiting',
  x: { name: 'hours', min: 0, max: 4 },
  y: { name: 'messages', log: true },
  spans: [{ from: 1, to: 2, name: 'outage' }],
  lines: [
    {
      name: 'a million',
      points: [
        [0, 10],
        [1, 1_200_000],
        [4, 1],
      ],
    },
    {
      name: 'ten million',
      points: [
        [0, 0],
        [4, 1e9],
      ],
      dashed: true,
    },
  ],
} as const;

test('the same plot is the same text, whatever was drawn before', () => {
  const first = linePlot(plot);
  linePlot({ ...plot, lines: [plot.lines[0]] });
  expect(linePlot(plot)).toBe(first);
});

test('says what it shows', () => {
  const svg = linePlot({ ...plot, width: 600, height: 300 });
  expect(svg).toMatch(/^<svg width="600" height="300"/);
  for (const words of ['Waiting', 'hours', 'messages', 'outage', 'a million', 'ten million', '1 M'])
    expect(svg).toContain(`>${words}</text>`);
  expect(svg).not.toMatch(/NaN|undefined/);
});
