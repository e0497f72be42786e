/** A copy of the options without what was left out: a property set to `undefined` is not one that is missing. */
export const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** The options of a part that `true` or an object switches on; undefined if it is off. */
export const switchedOn = <T extends object>(setting: boolean | T): Partial<T> | undefined => {
  if (setting === false) return undefined;
  return setting === true ? {} : setting;
};
