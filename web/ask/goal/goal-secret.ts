/** Whether a goal looks as if it held some provider's key. The patterns are a chunk of their own, needed at the first press only. */
export async function goalHoldsSecret(goal: string): Promise<boolean> {
  try {
    const { redactText } = await import('../../../shared/providers/redact-patterns.ts');
    return redactText(goal) !== goal;
  } catch {
    // The chunk did not come: this is a courtesy, no reason to stop a run.
    return false;
  }
}
