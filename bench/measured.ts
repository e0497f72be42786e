import { cpus, loadavg, totalmem } from 'node:os';

/** When and on what something was measured: no figure means anything without. */
export interface Measured {
  /** `yyyy-mm-dd`, UTC. */
  readonly date: string;
  /** The model as the operating system names it. */
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** Programs that wanted a processor at the end, over five minutes; far above the number of cores, times are noise. */
  readonly load: number;
  /** The command that does it again. */
  readonly command: string;
}

/** This machine, now. */
export const measuredHere = (command: string, now = new Date()): Measured => ({
  date: now.toISOString().slice(0, 10),
  cpu: cpus()[0]?.model.trim() || 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
  load: loadavg()[1] ?? 0,
  command,
});

/** The same in one line, for a page. */
export const measuredLine = ({ date, cpu, cores, memoryGb, node, load, command }: Measured): string => {
  const busy = load > 2 * cores ? ` Other programs kept the machine busy (load ${load.toFixed(0)}).` : '';
  return `Measured on ${date} with \`${command}\`: ${cores} cores (${cpu}), ${memoryGb} GB, Node ${node}.${busy}`;
};
