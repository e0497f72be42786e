import { JsonFault } from '../../http/aws-json.ts';

/** The caller gave a value SES does not take. */
export const badRequest = (message: string): JsonFault => new JsonFault('BadRequestException', message);

/** What the caller named is not there. */
export const notFound = (message: string): JsonFault => new JsonFault('NotFoundException', message, {}, 404);

/** The caller calls too often. */
export const tooManyRequests = (): JsonFault => new JsonFault('TooManyRequestsException', 'Rate exceeded', {}, 429);
