/** The form body of the Query protocol, with its `X.member.N` lists. */
export class QueryForm {
  readonly #fields: URLSearchParams;

  constructor(body: string) {
    this.#fields = new URLSearchParams(body);
  }

  get action(): string {
    return this.text('Action') ?? '';
  }

  /** A field's text; a field that is missing or empty is `undefined`. */
  text(name: string): string | undefined {
    return this.#fields.get(name) || undefined;
  }

  /** The members of a list of texts, in order. */
  list(name: string): string[] {
    const members: string[] = [];
    for (let n = 1; this.#fields.has(`${name}.member.${n}`); n += 1) {
      members.push(this.#fields.get(`${name}.member.${n}`) ?? '');
    }
    return members;
  }

  /** The members of a list of name and value pairs, in order. */
  pairs(name: string): { name: string; value: string }[] {
    const pairs: { name: string; value: string }[] = [];
    for (let n = 1; this.#fields.has(`${name}.member.${n}.Name`); n += 1) {
      const at = `${name}.member.${n}`;
      pairs.push({ name: this.#fields.get(`${at}.Name`) ?? '', value: this.#fields.get(`${at}.Value`) ?? '' });
    }
    return pairs;
  }
}
