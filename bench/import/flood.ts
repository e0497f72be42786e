import { CountingLedger } from './counting-ledger.ts';
import { take } from './take.ts';

/** Runs in a process of its own: takes so many rows, then says what it counted and how much memory it ever had. */
const rows = Number(process.argv[2]);
const ledger = new CountingLedger();
const before = performance.now();
const tally = await take(rows, ledger);
const { reads, writes, suppressed } = ledger;
const seconds = (performance.now() - before) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ tally, reads, writes, suppressed, seconds, peakMiB })}\n`);
