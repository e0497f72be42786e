/**
 * The Message-ID header that recipients see for an id that SES gave.
 *
 * @see Amazon SES Developer Guide, "Header fields": SES overwrites Message-ID; the domain is as observed
 * @example messageIdHeader('0100018f-…', 'eu-west-1') // '<0100018f-…@eu-west-1.amazonses.com>'
 */
export const messageIdHeader = (messageId: string, region: string): string =>
  `<${messageId}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`;
