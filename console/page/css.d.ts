/** Styles are imported for their effect alone: the bundler gathers them into app.css. */
declare module '*.css';
