/** A goal to begin with; `id` names its recorded result in `results/`. */
export interface SampleGoal {
  readonly id: string;
  readonly label: string;
  readonly goal: string;
}

/** What the skills work on, what comes out, and one thing to be careful about. After a change: `npm run samples`. */
export const SAMPLE_GOALS: readonly SampleGoal[] = [
  {
    id: 'release-notes',
    label: 'Release notes',
    goal: 'Turn merged pull requests into weekly release notes that our customers understand, and flag what needs a migration guide.',
  },
  {
    id: 'support-mail',
    label: 'Support mail',
    goal: 'Sort incoming support e-mails by urgency and product area, draft a first answer from our help pages, and hand anything about billing or data loss to a person.',
  },
  {
    id: 'csv-checks',
    label: 'CSV checks',
    goal: 'Check every CSV export before it goes to a partner: columns and types, duplicate rows, missing values and personal data, with a short report that says what to fix.',
  },
  {
    id: 'meeting-minutes',
    label: 'Meeting minutes',
    goal: 'Write minutes from a meeting transcript with decisions and tasks, each task with a person and a date, and list what was left open. Never invent a decision.',
  },
  {
    id: 'contract-review',
    label: 'Contract review',
    goal: 'Read supplier contracts and mark notice periods, price changes and liability clauses against our checklist, with the page of each finding. Advise nothing, only mark.',
  },
  {
    id: 'incident-review',
    label: 'Incident review',
    goal: 'Turn the chat log and the alerts of an incident into a timeline, a draft of the review without blame, and follow-up tasks for the owners of the services.',
  },
  {
    id: 'invoices',
    label: 'Invoices',
    goal: 'Compare incoming invoices with orders and delivery notes, list differences in amount, price and tax, and prepare a question to the supplier. Never approve a payment.',
  },
  {
    id: 'translations',
    label: 'Translations',
    goal: 'Keep the German and French translations of our app in step with the English texts, in our glossary and tone, and mark texts that are too long for their button.',
  },
  {
    id: 'literature',
    label: 'Literature',
    goal: 'Summarize new papers on battery recycling each month: question, method, result and limits of each, and a table that compares them. Quote only what stands in the paper.',
  },
  {
    id: 'onboarding',
    label: 'Onboarding',
    goal: 'Prepare the first two weeks of a new colleague from their role: accounts to ask for, people to meet, things to read, and a check-in at the end of each week.',
  },
];
