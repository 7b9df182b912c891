const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Surfe's days and months. A day also turns when told to; months and timestamps follow the clock alone. */
export class Calendar {
  private turns = 0;

  constructor(
    private readonly now: () => number,
    private readonly dayTurnsAtHour: number,
  ) {}

  /** A number that only grows. */
  day(): number {
    return Math.floor((this.now() - this.dayTurnsAtHour * HOUR_MS) / DAY_MS) + this.turns;
  }

  /** The next day begins now. */
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
