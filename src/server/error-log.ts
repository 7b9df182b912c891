/** The same error is logged once in this time. */
const EACH_MS = 1_000;
/** At most so many different errors are told apart in that time; the others count as one. */
const MOST_ERRORS = 100;
const OTHERS = "others";

interface ErrorLogger {
  error(values: { readonly err: unknown; readonly times?: number }, text: string): void;
}

interface Recent {
  error: unknown;
  /** How often it came since it was logged. */
  times: number;
}

/**
 * Logs unexpected errors, the same one at most once a second, with how often it came meanwhile: while the database is away, every
 * request that needs it fails.
 *
 * @returns to be called with each error.
 */
export function createErrorLog(log: ErrorLogger): (error: unknown) => void {
  const recent = new Map<string, Recent>();
  const look = (name: string): void => {
    const { error, times } = recent.get(name) ?? { error: null, times: 0 };
    recent.delete(name);
    if (times === 0) return;
    log.error({ err: error, times }, "an unexpected error, again");
    remember(name, error);
  };
  const remember = (name: string, error: unknown): void => {
    recent.set(name, { error, times: 0 });
    setTimeout(() => look(name), EACH_MS).unref();
  };
  return (error) => {
    const own = nameOf(error);
    const name = recent.has(own) || recent.size < MOST_ERRORS ? own : OTHERS;
    const known = recent.get(name);
    if (known) {
      known.error = error;
      known.times += 1;
      return;
    }
    log.error({ err: error }, "an unexpected error");
    remember(name, error);
  };
}

/** Errors of one name are taken for the same. */
function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : typeof error;
}
