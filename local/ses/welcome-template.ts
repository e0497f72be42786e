import type { Template } from './account.ts';

/** The template that is there from the start. */
export const WELCOME: Template = {
  createdAt: new Date(),
  subject: 'Welcome, {{name}}',
  text: 'Hello {{name}}, good to have you here.',
  html: '<p>Hello {{name}}, good to have you here.</p>',
};
