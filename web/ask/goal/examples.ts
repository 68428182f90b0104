/** Goals to begin with: what the skills work on, what comes out, and one thing to be careful about. */
export const EXAMPLES: readonly { readonly label: string; readonly goal: string }[] = [
  {
    label: 'Release notes',
    goal: 'Turn merged pull requests into weekly release notes that our customers understand, and flag what needs a migration guide.',
  },
  {
    label: 'Support mail',
    goal: 'Sort incoming support e-mails by urgency and product area, draft a first answer from our help pages, and hand anything about billing or data loss to a person.',
  },
  {
    label: 'CSV checks',
    goal: 'Check every CSV export before it goes to a partner: columns and types, duplicate rows, missing values and personal data, with a short report that says what to fix.',
  },
];
