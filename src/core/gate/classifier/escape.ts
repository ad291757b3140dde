/**
 * Makes data harmless inside the prompt: it is JSON, in which `<`, `>` and `&` are written as escapes, as are control,
 * bidirectional, zero-width and tag characters. So no file name, command or sentence can close a section, open one, or look
 * like something else than it is; the classifier still reads every character.
 */
export function escapeData(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replace(hidden, (character) => [...unitsOf(character)].join(''));
}

const hidden = /[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function* unitsOf(character: string): Generator<string> {
  for (let index = 0; index < character.length; index += 1)
    yield `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
}
