/** Four steps and the reason in words: the colour never speaks alone. */
export function Meter(props: { label: string; score: 0 | 1 | 2 | 3 | 4; text: string; more?: string | undefined }) {
  const { label, score, text, more } = props;
  const lit = Math.max(1, score);
  return (
    <div class="stack close">
      <div
        class="meter"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={4}
        aria-valuenow={score}
        aria-valuetext={text}
        data-score={score}
      >
        {[1, 2, 3, 4].map((step) => (
          <i key={step} class={step <= lit ? 'on' : ''} />
        ))}
      </div>
      <p class="field-note">
        <span class="strong">{text}</span>
        {more && ` ${more}`}
      </p>
    </div>
  );
}
