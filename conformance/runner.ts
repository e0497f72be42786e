// This project's own runner of the conformance corpus: NDJSON tasks on standard input, NDJSON answers on standard output.
import { createInterface } from 'node:readline';
import { answerTo, type OwnTask } from './own/answer.ts';

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line) as OwnTask))}\n`);
