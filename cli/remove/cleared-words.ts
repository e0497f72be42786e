import type { Address } from '../../core/address/address.ts';
import { jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import type { Cleared } from './ses-lists.ts';

/** What became of an address in SES's list of one Region. */
export const clearedJson = (address: Address, cleared: Cleared): string => {
  const { region, kind } = cleared;
  return jsonLine({
    address,
    region,
    outcome: kind === 'cleared' && cleared.spellings.length === 0 ? 'absent' : kind,
    spellings: kind === 'cleared' ? cleared.spellings : [],
    ...(kind === 'failed' && { error: { code: cleared.error.code, message: cleared.error.message } }),
  });
};

/** The same for people. */
export const clearedWords = (cleared: Cleared, { good, bad, notice }: Paint): string => {
  const where = `  SES's list in ${printable(cleared.region)}: `;
  switch (cleared.kind) {
    case 'cleared':
      return cleared.spellings.length > 0
        ? `${where}${good('taken off')}, as ${printable(cleared.spellings.join(', '))}\n`
        : `${where}not on it in this spelling; SES lists each spelling by itself, and \`sync\` finds others\n`;
    case 'closed':
      return `${where}${notice('closed')}, as the account is in the sandbox there\n`;
    case 'failed':
      return `${where}${bad('not reached')} (${cleared.error.code})\n`;
  }
};
