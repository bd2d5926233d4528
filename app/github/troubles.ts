/**
 * What can go wrong between the bot and GitHub, by what is to be done about it:
 * `later` nothing arrived or it was refused for now; `lost` a write may or may not have been applied, so read before trying
 * again; `stale` GitHub's state is not what was thought, think again; `gone` the object is not there (any more);
 * `forbidden` the right is missing, repeating is no use; `broken` GitHub or we sent what the other does not understand.
 */
export type TroubleKind = 'later' | 'lost' | 'stale' | 'gone' | 'forbidden' | 'broken';

export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly kind: TroubleKind;
  /** Not before this time, in milliseconds since the epoch; null when GitHub named none. */
  readonly until: number | null;
  readonly status: number | null;
  constructor(
    kind: TroubleKind,
    message: string,
    details: { until?: number | null; status?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.until = details.until ?? null;
    this.status = details.status ?? null;
  }
}
