import { bareAddress } from '../ses/mailbox.ts';

const DOMAIN = '@simulator.amazonses.com';

/**
 * The name an address has at SES's mailbox simulator, its label dropped; `null` for any other address.
 *
 * @example simulatorName('Bounce+42@simulator.amazonses.com') // bounce
 */
export function simulatorName(mailbox: string): string | null {
  const address = bareAddress(mailbox).toLowerCase();
  if (!address.endsWith(DOMAIN)) return null;
  return address.slice(0, -DOMAIN.length).replace(/\+.*$/, '');
}

export const isSimulatorAddress = (mailbox: string): boolean => simulatorName(mailbox) !== null;
