import type { ReactElement } from "react";

interface ScoreProps {
  /** 0 to 100; `null` where no reason has one. */
  readonly score: number | null;
}

const RADIUS = 19;
const LENGTH = 2 * Math.PI * RADIUS;

/** A recommendation's score as a ring around its number. */
export function Score({ score }: ScoreProps): ReactElement {
  if (score === null) {
    return (
      <p className="score quiet" title="No provider gave a score">
        <span aria-hidden="true">–</span>
        <span className="unseen">No score</span>
      </p>
    );
  }
  return (
    <div
      className="score"
      role="meter"
      aria-label="Score"
      aria-valuenow={score}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${String(score)} of 100`}
    >
      <svg viewBox="0 0 44 44" width="44" height="44" aria-hidden="true" focusable="false">
        <circle className="score-track" cx="22" cy="22" r={RADIUS} />
        <circle
          className="score-value"
          cx="22"
          cy="22"
          r={RADIUS}
          strokeDasharray={`${String((LENGTH * score) / 100)} ${String(LENGTH)}`}
          transform="rotate(-90 22 22)"
        />
      </svg>
      <span className="score-number">{score}</span>
    </div>
  );
}
