import type { PublishedSkill } from '../../skills/published-skill.ts';

/** A published skill of every Oneturn: a message for what is staged, in the style of the repository's history. */
export const WRITE_COMMIT_MESSAGE: PublishedSkill = {
  owner: 'oneturn',
  name: 'write-commit-message',
  version: '1.0.0',
  description:
    'Writes a commit message for the staged changes in the style that the repository already uses, conventional commits included. Use when the user wants to commit, asks for a commit message, or says "commit this". Not for release notes or pull request texts.',
  body: `# Write a commit message

One message for what is staged, in the repository's own style. The commit itself is made only when the user asked for it.

## Steps
1. Run \`git diff --cached --stat\`, then \`git diff --cached\`. If nothing is staged, say so and show \`git status --short\`; do not stage by yourself, because the choice is the user's.
2. Run \`git log -20 --format=%s%n%b\` and copy the style: prefix (\`feat:\`, \`scope:\`, none), case, tense, length, language. Without any history use \`scope: what changes, in the imperative\`.
3. Find the one intention of the change. If there are two, propose to split and name the files of each part.
4. Write the subject: at most 72 characters, what changes for someone who reads the log, no full stop.
5. Add a body only when the reason is not plain from the diff: the problem with its literal symptom, the choice made, the road not taken. Wrap at 72.
6. Show the message. When the user asked to commit, run \`git commit\` with it and report the hash.

## Gotchas
- A rename shows as a deletion and an addition; look at \`git diff --cached -M --stat\` before you call it either.
- Lock files and generated files are not the intention. Read them last, mention them never.
- A ticket number belongs in the message only when earlier messages carry one; take it from the branch name, do not guess it.
- A breaking change in conventional commits needs \`!\` before the colon and a \`BREAKING CHANGE:\` footer.
- If the diff holds something that looks like a password or a key, stop and tell the user; a commit keeps it for good.

## Output
\`\`\`text
parser: accept CRLF between records

Exports from the scanner end lines with CRLF, and the last field of
every row came out with a stray carriage return. Splitting on the
platform's separator was tried first and broke on mixed files.
\`\`\`

## Check before you finish
- [ ] The subject is true of every hunk, or the split was proposed.
- [ ] Style and language match the last twenty subjects.
- [ ] The body says why, and nothing that the diff already shows.
If one fails, write the message again before you show it.
`,
};
