import { groups } from '../items/secret-text.ts';

/** A secret in short groups, digits and symbols tinted. The gaps are spacing: selecting gives the exact text. */
export function SecretText({ value }: { value: string }) {
  return (
    <span class="code secret-text" translate={false}>
      {groups(value).map((group, at) => (
        <span key={at} class="secret-group">
          {group.map((run, n) => (
            <span key={n} class={run.kind === 'letter' ? undefined : run.kind}>
              {run.text}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}

/** Always the same number of dots: the length of a hidden secret is nobody's business. */
export function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      ••••••••••
    </span>
  );
}
