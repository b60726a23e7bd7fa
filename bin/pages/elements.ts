/** The page's elements: finding them, making them, hearing their forms. */

export function one<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Strings go in as text, whatever they look like. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

/** Hands over what was filled in, without blanks around it. */
export function onSubmit(selector: string, act: (fields: Readonly<Record<string, string>>, form: HTMLFormElement) => void): void {
  const form = one<HTMLFormElement>(selector);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()])), form);
  });
}
