import { type Finding, SKILL_NAME } from '../../contract/plan.ts';
import type { SkillFile } from '../read-skill.ts';

const FIELDS = new Set(['name', 'description', 'license', 'compatibility', 'metadata', 'allowed-tools']);
// Clients keep these names for themselves (rule AS-007 of the linter agnix).
/** Names that a skill must not have; as parts of a longer name they are allowed here. */
export const RESERVED_NAMES = new Set(['anthropic', 'claude', 'skill']);

type Problem = Omit<Finding, 'line'>;

/** The rules of the Agent Skills specification (agentskills.io), and what Anthropic's own checker adds to it. */
export function specificationFindings(file: SkillFile): readonly Finding[] {
  const { fields } = file;
  const at = (field: string, problems: readonly Problem[]): readonly Finding[] =>
    problems.map((problem) => ({ ...problem, line: file.fieldLines.get(field) ?? 1 }));
  return [
    ...at('name', nameProblems(fields['name'])),
    ...at('description', descriptionProblems(fields['description'])),
    ...at('compatibility', lengthProblems('compatibility', fields['compatibility'], 500)),
    ...at('license', lengthProblems('license', fields['license'], 200)),
    ...at('metadata', metadataProblems(fields['metadata'])),
    ...at('allowed-tools', toolsProblems(fields['allowed-tools'])),
    ...Object.keys(fields).flatMap((field) => at(field, FIELDS.has(field) ? [] : [unknownField(field)])),
    ...(file.body.trim() === ''
      ? [
          error(
            'spec.body.empty',
            'The skill has no instructions.',
            'Write the steps below the front matter.',
          ),
        ]
      : []),
  ];
}

function nameProblems(name: unknown): readonly Problem[] {
  if (typeof name !== 'string' || name === '')
    return [error('spec.name.missing', 'The skill has no name.', 'Add name: to the front matter.')];
  const problems: Problem[] = [];
  if (name.length > 64)
    problems.push(error('spec.name.length', 'The name has more than 64 characters.', 'Shorten it.'));
  if (!SKILL_NAME.test(name)) {
    problems.push(
      error(
        'spec.name.format',
        'The name is not lower-case letters, digits and single hyphens.',
        'Use a name like review-contracts.',
      ),
    );
  }
  if (RESERVED_NAMES.has(name))
    problems.push(
      error('spec.name.reserved', 'The name is reserved by clients.', 'Say in the name what the skill does.'),
    );
  return problems;
}

function descriptionProblems(description: unknown): readonly Problem[] {
  if (typeof description !== 'string' || description.trim() === '') {
    return [
      error(
        'spec.description.missing',
        'The skill has no description, so that no agent will load it.',
        'Say what it does and when to use it.',
      ),
    ];
  }
  const problems = [...lengthProblems('description', description, 1024)];
  if (/[<>]/.test(description)) {
    problems.push(
      warning(
        'spec.description.markup',
        'The description has < or >, which some clients refuse.',
        'Write it without markup.',
      ),
    );
  }
  return problems;
}

function lengthProblems(field: string, value: unknown, max: number): readonly Problem[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string')
    return [error(`spec.${field}.type`, `The field ${field} is not text.`, 'Put it in quotes.')];
  // Clients load such a skill and cut the field. Strict clients refuse it, and so does publishing.
  return value.length > max
    ? [warning(`spec.${field}.length`, `The ${field} has more than ${max} characters.`, 'Shorten it.')]
    : [];
}

function metadataProblems(value: unknown): readonly Problem[] {
  if (value === undefined || value === null) return [];
  const flat =
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((entry) => typeof entry === 'string');
  return flat
    ? []
    : [
        warning(
          'spec.metadata.strings',
          'The metadata is not a list of names with text values.',
          'Put numbers in quotes; no nesting.',
        ),
      ];
}

function toolsProblems(value: unknown): readonly Problem[] {
  if (value === undefined || value === null || typeof value === 'string') return [];
  return [
    warning(
      'spec.allowed-tools.list',
      'allowed-tools is not one line of text.',
      'Separate the tools by blanks: Read Bash(git log:*)',
    ),
  ];
}

function unknownField(field: string): Problem {
  const name = field.slice(0, 40);
  return warning(
    'spec.field.unknown',
    `The specification has no field "${name}".`,
    'Move it under metadata:, or leave it out.',
  );
}

function error(rule: string, message: string, fix: string): Problem {
  return { rule, severity: 'error', message, fix };
}

function warning(rule: string, message: string, fix: string): Problem {
  return { rule, severity: 'warning', message, fix };
}
