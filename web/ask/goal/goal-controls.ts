/** Line ends of slides and page ends of PDFs: between them is a blank at least. */
const BREAKS = /[\x0b\x0c]/g;
const CONTROLS = /[\x01-\x08\x0e-\x1f\x7f]/g;

/** A pasted text without the control characters that slides and PDFs bring along. With a NUL it is no text, and stays: it is refused. */
export function withoutControls(text: string): string {
  return text.includes('\0') ? text : text.replace(BREAKS, '\n').replace(CONTROLS, '');
}
