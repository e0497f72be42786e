import type { AddRoutes } from '../console.ts';

/** Adds nothing yet. */
export const addFeedRoutes: AddRoutes = () => undefined;
