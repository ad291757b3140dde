/** What an element may hold; a string becomes a text node, `undefined` nothing. */
export type Child = Node | string | undefined;

/** `true` sets an empty attribute, `undefined` and `false` leave it out. */
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Makes an element. Nothing is ever parsed as HTML here. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button that does something; never a submit button. */
export function button(attributes: Attributes, onClick: (event: MouseEvent) => void, ...children: Child[]) {
  const element = el('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', onClick);
  return element;
}

/** Sets a text only when it differs, so that selections and screen readers are not disturbed. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts `next` in the place of what `parent` held. */
export function setChildren(parent: HTMLElement, ...next: Child[]): void {
  parent.replaceChildren(...next.filter((child) => child !== undefined));
}
