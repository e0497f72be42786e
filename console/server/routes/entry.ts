import type { AddRoutes } from '../console.ts';

/** Adds nothing yet. */
export const addEntryRoutes: AddRoutes = () => undefined;
