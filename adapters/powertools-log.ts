import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../core/log.ts';

/** JSON log lines on standard output, one a call, with Lambda's request id where Powertools knows it. */
export const powertoolsLog = (logger = new Logger()): Log => ({
  info: (message, fields = {}) => logger.info(message, { ...fields }),
  warn: (message, fields = {}) => logger.warn(message, { ...fields }),
  error: (message, fields = {}) => logger.error(message, { ...fields }),
});
