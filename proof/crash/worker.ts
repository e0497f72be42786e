// Explores scenarios by name, one after another, as the process that started it asks for them.
import { explore, type Thoroughness } from './explore.ts';
import { loadSuite } from './suite.ts';

/** What is asked for. */
export interface Order {
  /** Program and name of the scenario. */
  readonly scenario: string;
  readonly how: Thoroughness;
}

// whoever started it may have been killed
process.once('disconnect', () => process.exit());

const suite = loadSuite();

process.on('message', async ({ scenario, how }: Order) => {
  const { scenarios, programOf } = await suite;
  const found = scenarios.find(({ program, name }) => `${program}: ${name}` === scenario);
  if (found === undefined) throw new Error(`there is no scenario ${scenario}`);
  process.send?.(await explore(found, programOf(found), how));
});
