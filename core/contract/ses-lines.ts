/**
 * The rates, as fractions, at which SES reviews an account and at which it may pause one (Amazon SES Developer Guide,
 * "Amazon SES sending review process FAQs"). The alarms warn at half of the review line.
 */
export const SES_LINES = {
  bounces: { review: 0.05, pause: 0.1 },
  complaints: { review: 0.001, pause: 0.005 },
} as const;
