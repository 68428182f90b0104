/**
 * What no rule of the analysis can see. It is shown wherever someone decides by the findings. Each entry was tried and passed the rules.
 */
export const MISSED: readonly string[] = [
  'a description that does not say what the body does',
  'faults of code in which no secret, download or deletion takes part',
  'persuasion that goes slowly, sentence by sentence',
  'orders in languages other than English, German, French, Spanish, Portuguese, Italian, Russian, Ukrainian, Japanese, Chinese and Korean',
  'secrets whose place has no well-known name',
];
