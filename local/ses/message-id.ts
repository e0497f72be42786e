import { randomUUID } from 'node:crypto';

/**
 * An id in the form SES gives to mails and feedback: Region and time, a UUID, a counter.
 *
 * @example sesId(new Date()) // 0100019a4c1f2e3d-7c9e6679-7425-40de-944b-e07fc1f90ae7-000000
 */
export const sesId = (at: Date): string => `0100${at.getTime().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
