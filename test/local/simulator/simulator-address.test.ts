import { simulatorName } from '../../../local/simulator/simulator-address.ts';

test.each([
  ['bounce@simulator.amazonses.com', 'bounce'],
  ['Bounce+Pat.1@Simulator.AmazonSES.com', 'bounce'],
  ['Pat <complaint+a+b@simulator.amazonses.com>', 'complaint'],
  ['bounce@simulator.amazonses.com.example', null],
  ['bounce@target.example', null],
])('the simulator knows %s as %s', (address, name) => {
  expect(simulatorName(address)).toBe(name);
});
