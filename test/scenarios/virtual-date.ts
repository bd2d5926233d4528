/** Replaces the global `Date` by one whose present is `now()`; answers the function that puts the real one back. */
export function installDate(now: () => number): () => void {
  const RealDate = globalThis.Date;
  // A function and no class: `Date()` is called too, and no proxy, which everything that asks for the time would pay for.
  function VirtualDate(this: unknown, ...args: unknown[]): Date | string {
    if (new.target === undefined) return new RealDate(now()).toString();
    const made = args.length === 0 ? [now()] : args;
    return Reflect.construct(RealDate, made, new.target === VirtualDate ? RealDate : new.target) as Date;
  }
  Object.defineProperties(VirtualDate, Object.getOwnPropertyDescriptors(RealDate));
  Object.assign(VirtualDate, { now });
  globalThis.Date = VirtualDate as unknown as DateConstructor;
  return () => {
    globalThis.Date = RealDate;
  };
}
