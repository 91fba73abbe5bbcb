import { Fragment } from 'preact';

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

/**
 * A recovery code in numbered groups of four, for reading aloud and for the question afterwards. Its
 * text is the code itself, so that it can be copied; the numbers are drawn by the style sheet.
 */
export function CodeGrid({ code, label }: { code: string; label: string }) {
  return (
    <p class="code-grid code" role="group" aria-label={label}>
      {groupsOf(code).map((group, n) => (
        <Fragment key={n}>
          {n > 0 && <span class="code-dash">-</span>}
          <span class="code-group">
            <CodeText value={group} />
          </span>
        </Fragment>
      ))}
    </p>
  );
}

/** The groups of a code, however it is separated. */
export const groupsOf = (code: string): string[] =>
  code
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .match(/.{1,4}/g) ?? [];
