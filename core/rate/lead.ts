import { SECOND } from '../instant.ts';

/** No lead is shorter: what a write takes now and then. */
export const LEAST_LEAD_MS = 150;
/** Nor longer, as the list is asked that long before the slot. */
export const MOST_LEAD_MS = 2.5 * SECOND;
/** Before a mail was made: a new environment has connections to open, and runs everything for the first time. */
export const FIRST_LEAD_MS = 1.5 * SECOND;
/** Above the worst that was seen. */
const MARGIN = 1.5;
/** The worst of the last 20 to 40 mails counts. */
const WINDOW = 20;

/** How long before its slot a mail is begun. */
export interface Lead {
  readonly millis: () => number;
  /**
   * Takes note of how long a mail took until it was ready, and by how much it was late. So whatever makes mails late, a
   * slow table or too little of a processor, has the next ones begun sooner.
   */
  readonly took: (millis: number) => void;
}

/**
 * The lead of one sender, which follows what making a mail takes there.
 *
 * @example const lead = makeLead(); lead.took(400); lead.millis() // 600
 */
export const makeLead = (): Lead => {
  let [worst, before, seen] = [0, 0, 0];
  return {
    millis: () =>
      seen === 0 ? FIRST_LEAD_MS : Math.min(MOST_LEAD_MS, Math.max(LEAST_LEAD_MS, MARGIN * Math.max(worst, before))),
    took(millis) {
      if (seen > 0 && seen % WINDOW === 0) [before, worst] = [worst, 0];
      seen += 1;
      worst = Math.max(worst, millis);
    },
  };
};
