import type { AddRoutes } from '../console.ts';

/** Adds nothing yet. */
export const addDeskRoutes: AddRoutes = () => undefined;
