/**
 * Joins characters that a stream cuts in two: JSON may have one half of a surrogate pair in one delta and the other in the next, and
 * each half by itself is encoded as a replacement character. Holds back at most one UTF-16 unit.
 */
export class TextJoiner {
  #half = '';

  /** What can be shown now; `last`: nothing follows. */
  join(delta: string, last: boolean): string {
    const text = this.#half + delta;
    const unit = text.charCodeAt(text.length - 1);
    const cut = !last && unit >= 0xd800 && unit <= 0xdbff;
    this.#half = cut ? text.slice(-1) : '';
    // A half that never gets its other half is dropped.
    return (cut ? text.slice(0, -1) : text).toWellFormed();
  }
}
