/** Tags as one line of text: "work, bank". */

const MAX_TAGS = 32;

/** Split at commas and semicolons; trimmed, blanks dropped, doubles (whatever the case) dropped. */
export function parseTags(line: string): string[] {
  const seen = new Set<string>();
  const tags: string[] = [];
  for (const part of line.split(/[,;\n]/u)) {
    const tag = part.trim().replace(/\s+/gu, ' ');
    const key = tag.toLocaleLowerCase('und');
    if (tag === '' || seen.has(key)) continue;
    seen.add(key);
    tags.push(tag);
  }
  return tags.slice(0, MAX_TAGS);
}

export function joinTags(tags: readonly string[]): string {
  return tags.join(', ');
}

/** Tags of other items that go on from what is being typed after the last comma. */
export function suggestTags(line: string, known: readonly string[]): string[] {
  const typed = (line.split(/[,;]/u).at(-1) ?? '').trim().toLocaleLowerCase('und');
  const taken = new Set(parseTags(line).map((tag) => tag.toLocaleLowerCase('und')));
  if (typed === '') return [];
  return known
    .filter((tag) => {
      const key = tag.toLocaleLowerCase('und');
      return key.startsWith(typed) && !taken.has(key);
    })
    .slice(0, 5);
}

/** The line with its unfinished last tag replaced by `tag`. */
export function acceptTag(line: string, tag: string): string {
  const kept = line
    .split(/[,;]/u)
    .slice(0, -1)
    .map((part) => part.trim());
  return `${[...kept, tag].filter((part) => part !== '').join(', ')}, `;
}
