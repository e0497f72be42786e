/** As much of JSON Schema (draft 2020-12) as the corpus needs; a keyword that is not known here is an error. */

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: { readonly [name: string]: (value: unknown) => boolean } = {
  object: isFields,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  null: (value) => value === null,
};

type Keyword = (
  wanted: unknown,
  value: unknown,
  check: (schema: unknown, value: unknown) => boolean,
  of: Fields,
) => boolean;

const each = (wanted: unknown): readonly unknown[] => (Array.isArray(wanted) ? wanted : []);
const fields = (wanted: unknown): Fields => (isFields(wanted) ? wanted : {});
const keys = (value: unknown): readonly string[] => Object.keys(fields(value));
const said = (): boolean => true;

const KEYWORDS: { readonly [name: string]: Keyword } = {
  title: said,
  description: said,
  $schema: said,
  $defs: said,
  type: (wanted, value) => TYPES[String(wanted)]?.(value) ?? false,
  const: (wanted, value) => wanted === value,
  enum: (wanted, value) => each(wanted).includes(value),
  oneOf: (wanted, value, check) => each(wanted).filter((one) => check(one, value)).length === 1,
  required: (wanted, value) => !isFields(value) || each(wanted).every((name) => String(name) in value),
  properties: (wanted, value, check) =>
    keys(value).every(
      (name) => !Object.hasOwn(fields(wanted), name) || check(fields(wanted)[name], fields(value)[name]),
    ),
  additionalProperties: (wanted, value, _check, of) =>
    wanted !== false || keys(value).every((name) => Object.hasOwn(fields(of.properties), name)),
  items: (wanted, value, check) => !Array.isArray(value) || value.every((item) => check(wanted, item)),
  minItems: (wanted, value) => !Array.isArray(value) || value.length >= Number(wanted),
  minLength: (wanted, value) => typeof value !== 'string' || value.length >= Number(wanted),
  minimum: (wanted, value) => typeof value !== 'number' || value >= Number(wanted),
  pattern: (wanted, value) => typeof value !== 'string' || new RegExp(String(wanted), 'u').test(value),
};

/**
 * Whether a value has the form of a schema.
 *
 * @throws Error for a keyword that is not known here, and for a reference that leads nowhere
 */
export const hasForm = (root: Fields, value: unknown): boolean => {
  const check = (schema: unknown, tested: unknown): boolean => {
    const of = fields(schema);
    return Object.entries(of).every(([keyword, wanted]) => {
      if (keyword === '$ref') {
        const name = String(wanted).replace('#/$defs/', '');
        const found = fields(root.$defs)[name];
        if (found === undefined) throw new Error(`${wanted} leads nowhere`);
        return check(found, tested);
      }
      const known = KEYWORDS[keyword];
      if (known === undefined) throw new Error(`${keyword} is not known here`);
      return known(wanted, tested, check, of);
    });
  };
  return check(root, value);
};
