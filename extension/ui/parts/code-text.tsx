/** A password or code in monospace, digits and symbols tinted, so that 0 and O, 1 and l differ. */
export function CodeText({ value }: { value: string }) {
  const runs = value.match(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu) ?? [];
  return (
    <span class="code">
      {runs.map((run, n) => (
        <span key={n} class={/^\p{N}/u.test(run) ? 'digit' : /^\p{L}/u.test(run) ? undefined : 'symbol'}>
          {run}
        </span>
      ))}
    </span>
  );
}

/** A recovery code in numbered groups of four, for reading aloud and for the question afterwards. */
export function CodeGrid({ code, label }: { code: string; label: string }) {
  return (
    <ol class="code-grid" aria-label={label}>
      {groupsOf(code).map((group, n) => (
        <li key={n} class="code-group">
          <span aria-hidden="true">{n + 1}</span>
          <CodeText value={group} />
        </li>
      ))}
    </ol>
  );
}

/** The groups of a code, however it is separated. */
export const groupsOf = (code: string): string[] =>
  code.replace(/[^0-9A-Za-z]/g, '').toUpperCase().match(/.{1,4}/g) ?? [];
