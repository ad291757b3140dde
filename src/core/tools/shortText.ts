/** The start of a text, without half a character at its end (which the model's interface would refuse). */
export function startOf(text: string, length: number): string {
  const cut = text.slice(0, Math.max(0, length));
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function endOf(text: string, length: number): string {
  const cut = text.slice(text.length - Math.max(0, length));
  return /^[\uDC00-\uDFFF]/.test(cut) ? cut.slice(1) : cut;
}

/** Room for the note in the middle, with any number in it. */
const noteRoom = 60;

/** A text of at most `limit` UTF-16 units: its start and its end, with a note of what is left out between them. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - noteRoom;
  if (room <= 0) return startOf(text, limit);
  const head = startOf(text, Math.ceil(room / 2));
  const tail = endOf(text, Math.floor(room / 2));
  return `${head}\n… (${text.length - head.length - tail.length} characters left out) …\n${tail}`;
}
