/**
 * The first name that stands twice in an object of a JSON text, and its line. A parser keeps the last of them without a word, and AWS takes
 * no such policy. The text is valid JSON.
 */
export function duplicateName(text: string): { readonly name: string; readonly line: number } | undefined {
  const around: Array<Set<string>> = [];
  for (let place = 0; place < text.length; place++) {
    const sign = text[place];
    if (sign === '{' || sign === '[') around.push(new Set());
    else if (sign === '}' || sign === ']') around.pop();
    if (sign !== '"') continue;
    const end = endOfText(text, place);
    const names = around.at(-1);
    if (names && /^\s*:/.test(text.slice(end, end + 100))) {
      const name = JSON.parse(text.slice(place, end)) as string;
      if (names.has(name)) return { name, line: text.slice(0, place).split('\n').length };
      names.add(name);
    }
    place = end - 1;
  }
  return undefined;
}

/** Where the text in quotes that begins here has ended. */
function endOfText(text: string, start: number): number {
  let place = start + 1;
  while (text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return place + 1;
}
