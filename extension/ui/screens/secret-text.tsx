import { brandOf, groupsOf } from '../items/cards.ts';
import { layOut } from '../items/secret-text.ts';

/** A secret in short groups, digits and symbols tinted. The gaps are spacing: selecting gives the exact text. */
export function SecretText({ value }: { value: string }) {
  const { groups, gaps } = layOut(value);
  return (
    <span class={gaps ? 'code secret-text' : 'code secret-text no-gaps'} translate={false}>
      {groups.map((group, at) => (
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

/** A card's number in the groups in which it is printed, and whose card it is. */
export function CardNumber({ value }: { value: string }) {
  const brand = brandOf(value);
  return (
    <>
      <span class="code secret-text" translate={false}>
        {groupsOf(value).map((group, at) => (
          <span key={at} class="secret-group">
            {group}
          </span>
        ))}
      </span>
      {brand && <span class="small quiet"> {brand}</span>}
    </>
  );
}
