/** Keeps autofill, spelling, mobile keyboards and the password managers in use from learning what a field holds. */
export const KEPT_BY_NOBODY = {
  autoComplete: 'off',
  autoCapitalize: 'none',
  autoCorrect: 'off',
  spellCheck: false,
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-bwignore': 'true',
  'data-form-type': 'other',
  'data-protonpass-ignore': 'true',
} as const;

/** type=password would make every browser offer to save the key; text with discs does not. Firefox has the property from 114 on. */
export function hidesText(): boolean {
  return CSS.supports('-webkit-text-security', 'disc');
}
