import type { LogLine } from '../../config/log-line.ts';

const deliveriesOf = ({ delivery }: LogLine): readonly string[] => delivery?.split(',') ?? [];

/**
 * Which lines tell what became of one delivery, or how one report came about. It is shown every line twice, each time in
 * order of time: `learn` first, then `tells`.
 *
 * A delivery's lines name it; they name its reports, and a line that names only such a report belongs to it too. A line of
 * a report about another lane than the report's own says that this lane was woken: the next report there is part of the
 * story. A line that names only a lane belongs to the work that was last spoken of there.
 */
export class Story {
  readonly #deliveries: ReadonlySet<string>;
  readonly #reports: Set<string>;
  /** Deliveries of the report that is asked for: only their receipt is told, not what else came of them. */
  readonly #receipts = new Set<string>();
  #homes = new Map<string, string | undefined>();
  #speaking = new Set<string>();
  #woken = new Set<string>();

  constructor(about: { readonly delivery?: string; readonly report?: string }) {
    this.#deliveries = new Set(about.delivery === undefined ? [] : [about.delivery]);
    this.#reports = new Set(about.report === undefined ? [] : [about.report]);
  }

  learn(line: LogLine): void {
    const asked = line.report !== undefined && this.#reports.has(line.report) && this.#deliveries.size === 0;
    if (asked) for (const delivery of deliveriesOf(line)) this.#receipts.add(delivery);
    this.tells(line);
  }

  /** From the first line again, with what is known of reports by now. */
  rewind(): void {
    this.#homes = new Map();
    this.#speaking = new Set();
    this.#woken = new Set();
  }

  tells(line: LogLine): boolean {
    const { lane, report } = line;
    if (report !== undefined && !this.#homes.has(report)) this.#homes.set(report, lane);
    const isHome = report !== undefined && this.#homes.get(report) === lane;
    const tells = this.#isNamed(line) || this.#isNext(line, isHome);
    if (lane === undefined) return tells;
    if (!tells) {
      if (report !== undefined || line.delivery !== undefined) this.#speaking.delete(lane);
      return false;
    }
    this.#speaking.add(lane);
    if (report === undefined) return true;
    if (isHome) this.#woken.delete(lane);
    else if (this.#deliveries.size > 0) this.#woken.add(lane);
    if (this.#deliveries.size > 0) this.#reports.add(report);
    return true;
  }

  #isNamed(line: LogLine): boolean {
    const { report } = line;
    if (report !== undefined && this.#reports.has(report)) return true;
    const named = deliveriesOf(line);
    return named.some((one) => this.#deliveries.has(one) || (report === undefined && this.#receipts.has(one)));
  }

  #isNext({ lane, report, delivery }: LogLine, isHome: boolean): boolean {
    if (lane === undefined) return false;
    if (report !== undefined) return isHome && this.#woken.has(lane);
    return delivery === undefined && this.#speaking.has(lane);
  }
}
