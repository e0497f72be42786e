/** The `delivery` object: the receiving server took the mail. */
export const deliveryDetail = (
  recipients: readonly string[],
  smtpResponse: string,
  acceptedAt: Date,
  at: Date,
): object => ({
  timestamp: at.toISOString(),
  processingTimeMillis: at.getTime() - acceptedAt.getTime(),
  recipients,
  smtpResponse,
  reportingMTA: 'a8-50.smtp-out.amazonses.com',
  remoteMtaIp: '127.0.0.1',
});
