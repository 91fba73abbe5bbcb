/** First letter on a colour made from the name: no picture is ever fetched for an item. */
export function monogram(name: string): { letter: string; hue: number } {
  let hue = 0;
  for (const char of name) hue = (hue * 31 + (char.codePointAt(0) ?? 0)) % 360;
  const [first = '?'] = name.trim();
  return { letter: first.toLocaleUpperCase(), hue };
}
