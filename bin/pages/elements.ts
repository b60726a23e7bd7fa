/** The page's elements: finding them, making them, keeping lists of them, hearing their forms, saying in them what went wrong. */

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

/** Leaves what says so already alone: writing the same text again is a change to browsers. */
export function setText(target: Element | null, text: string): void {
  if (target && target.textContent !== text) target.textContent = text;
}

/** Makes the children of a list those that are wanted, in this order. Those that stay where they are keep their focus, and the list its scroll. */
export function arrange(list: Element, wanted: readonly Element[]): void {
  const staying = new Set(wanted);
  for (const child of [...list.children]) if (!staying.has(child)) child.remove();
  let place = list.firstElementChild;
  for (const child of wanted) {
    if (child === place) place = place.nextElementSibling;
    else list.insertBefore(child, place);
  }
}

/** Hands over what was filled in, without blanks around it. */
export function onSubmit(selector: string, act: (fields: Readonly<Record<string, string>>, form: HTMLFormElement) => void): void {
  const form = one<HTMLFormElement>(selector);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()])), form);
  });
}

/** Does what may fail, and shows what went wrong. */
export async function guard(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    complain('');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** Shows a problem in the part of the page that is on: the form to sign in, or what is behind it. */
export function complain(problem: string): void {
  setText(one(one('main').hidden ? '#sign-in .problem' : 'section .problem'), problem);
}
