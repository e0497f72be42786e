/** Takes the value that a colour of the theme has at an element, as a canvas understands it. */
export type Colour = (name: string) => string;

/**
 * A canvas knows neither custom properties nor `light-dark()`: a probe within the element says what they come to.
 *
 * @example coloursAt(element)('--series-1') // 'rgb(29, 91, 191)'
 */
export const coloursAt = (element: HTMLElement): Colour => {
  const known = new Map<string, string>();
  return (name) => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    element.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    known.set(name, colour);
    return colour;
  };
};

/** The same colour, see-through. @example faded('rgb(29, 91, 191)', 0.1) // 'rgba(29, 91, 191, 0.1)' */
export const faded = (colour: string, alpha: number): string =>
  colour.replace(/^rgba?\(([^,]+, [^,]+, [^,)]+).*\)$/, `rgba($1, ${alpha})`);
