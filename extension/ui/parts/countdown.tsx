import { useEffect, useState } from 'preact/hooks';

const AROUND = 2 * Math.PI * 8;

/** How long a one-time code stays current. The seconds are in its name; it is not announced by itself. */
export function CountdownRing(props: { expiresAt: number; periodSeconds: number; label: (seconds: number) => string; onEnd?: () => void }) {
  const { expiresAt, periodSeconds, label, onEnd } = props;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(tick);
  }, []);
  const left = Math.max(0, expiresAt - now);
  const over = left === 0;
  useEffect(() => {
    if (over) onEnd?.();
  }, [over, expiresAt]);
  const seconds = Math.ceil(left / 1000);
  return (
    <svg class={seconds <= 5 ? 'ring soon' : 'ring'} viewBox="0 0 20 20" role="img" aria-label={label(seconds)}>
      <circle cx="10" cy="10" r="8" />
      <circle
        class="left"
        cx="10"
        cy="10"
        r="8"
        stroke-dasharray={AROUND}
        stroke-dashoffset={AROUND * (1 - left / (periodSeconds * 1000))}
      />
    </svg>
  );
}
