interface MeterProps {
  label: string;
  score: 0 | 1 | 2 | 3 | 4;
  text: string;
  more?: string | undefined;
  /** Nothing typed yet: no step is lit and the text is advice. */
  empty?: boolean;
}

/** Four steps and the reason in words: the colour never speaks alone. */
export function Meter({ label, score, text, more, empty }: MeterProps) {
  const lit = empty ? 0 : Math.max(1, score);
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
        <span class={empty ? '' : 'strong'}>{text}</span>
        {more && ` ${more}`}
      </p>
    </div>
  );
}
