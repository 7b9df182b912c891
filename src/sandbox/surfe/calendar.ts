const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Surfe's days and months. The next day also begins when a test starts it; months and times follow the clock. */
export class Calendar {
  private turns = 0;

  constructor(
    private readonly now: () => number,
    private readonly dayTurnsAtHour: number,
  ) {}

  /** The number of the current day; it only grows. */
  day(): number {
    return Math.floor((this.now() - this.dayTurnsAtHour * HOUR_MS) / DAY_MS) + this.turns;
  }

  /** Starts the next day. */
  turnDay(): void {
    this.turns += 1;
  }

  /** As "2024-05", UTC. */
  month(): string {
    return this.timestamp().slice(0, 7);
  }

  /** As "2024-05-20T10:00:00Z". */
  timestamp(): string {
    return `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
  }
}
