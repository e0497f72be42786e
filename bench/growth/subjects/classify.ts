// A file of SES messages through the command `classify`, or (argument `bare`) through readline and JSON.parse alone. What it
// took is written into a file, since standard output is the command's.
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { realDependencies } from '../../../cli/real-dependencies.ts';
import { run } from '../../../cli/run.ts';
import { watchMemory } from '../peak-memory.ts';

const [how = '', file = '', report = ''] = process.argv.slice(2);

const bare = async (): Promise<void> => {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const message = JSON.parse(JSON.parse(line).Message);
    process.stdout.write(`${JSON.stringify({ type: message.eventType, address: message.mail.destination[0] })}\n`);
  }
};
const classified = async (): Promise<void> => {
  const exit = await run(['classify', file], realDependencies());
  if (exit !== 0) throw new Error(`classify ended with ${exit}`);
};

const peakMb = watchMemory();
const start = process.cpuUsage();
await (how === 'bare' ? bare() : classified());
const { user, system } = process.cpuUsage(start);
writeFileSync(report, JSON.stringify({ cpuMs: (user + system) / 1000, peakMb: peakMb() }));
