/**
 * Findings as a SARIF 2.1.0 log (OASIS), which code hosts and editors show at their lines. No I/O: texts in, an object out. Columns
 * and offsets count UTF-16 units, as JavaScript does, and the log says so.
 */
import type { Finding } from '../contract/plan.ts';

/** One text that was analyzed. */
export interface AnalyzedSkill {
  /** Its relative path with slashes: `collect-changes/SKILL.md`. */
  readonly path: string;
  readonly text: string;
  /** `sha256:<hex>` of the text, where it is known. */
  readonly digest?: string;
  readonly verdict: 'pass' | 'review' | 'block';
  readonly findings: readonly Finding[];
}

const LEVELS = { info: 'note', warning: 'warning', error: 'error', critical: 'error' } as const;
/** GitHub sorts security findings by these, on the scale of CVSS. */
const SECURITY_SEVERITY = { info: '2.0', warning: '5.0', error: '7.5', critical: '9.5' } as const;
const WEIGHT = { info: 0, warning: 1, error: 2, critical: 3 } as const;

/** One run with all skills. `version` is that of this program; it stands in the log as the tool's. */
export function findingsToSarif(skills: readonly AnalyzedSkill[], version: string): SarifLog {
  const worst = new Map<string, Finding>();
  for (const finding of skills.flatMap(({ findings }) => findings)) {
    const known = worst.get(finding.rule);
    if (!known || WEIGHT[finding.severity] > WEIGHT[known.severity]) worst.set(finding.rule, finding);
  }
  const ids = [...worst.keys()].toSorted();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Oneturn', version, rules: [...worst.values()].map(ruleOf).toSorted(byId) } },
        columnKind: 'utf16CodeUnits',
        artifacts: skills.map(({ path, text, digest, verdict }) => ({
          location: { uri: uriOf(path) },
          mimeType: path.endsWith('.md') ? 'text/markdown' : 'text/plain',
          encoding: 'UTF-8',
          length: new TextEncoder().encode(text).length,
          ...(digest === undefined ? {} : { hashes: { 'sha-256': digest.replace(/^sha256:/, '') } }),
          properties: { verdict },
        })),
        results: skills.flatMap((skill, index) =>
          skill.findings.map((finding) => resultOf(skill, index, finding, ids.indexOf(finding.rule))),
        ),
      },
    ],
  };
}

function ruleOf({ rule, severity, message }: Finding): SarifRule {
  return {
    id: rule,
    // A finding's message may have a name in it, so that the rule is named by its id, written as words.
    name: rule.replaceAll(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: message },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: rule.startsWith('security.')
      ? { tags: ['security'], 'security-severity': SECURITY_SEVERITY[severity] }
      : { tags: [rule.split('.')[0] ?? rule] },
  };
}

function resultOf(skill: AnalyzedSkill, index: number, finding: Finding, ruleIndex: number): SarifResult {
  const { rule, severity, line, message, fix, evidence, edit } = finding;
  const artifactLocation = { uri: uriOf(skill.path), index };
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: fix === undefined ? message : `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          ...(line === undefined
            ? {}
            : {
                region: {
                  startLine: line,
                  ...(evidence === undefined ? {} : { snippet: { text: evidence } }),
                },
              }),
        },
      },
    ],
    // The same digest, rule and place are the same finding. A change elsewhere in the text does not make it a new one.
    partialFingerprints: { 'oneturnFinding/v1': fingerprintOf(skill.path, finding) },
    ...(edit === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix ?? message },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: [
                    {
                      deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start },
                      insertedContent: { text: edit.text },
                    },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

function fingerprintOf(path: string, { rule, evidence, message }: Finding): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of `${path}\n${rule}\n${evidence ?? message}`)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
const byId = (a: SarifRule, b: SarifRule): number => (a.id < b.id ? -1 : 1);

interface Text {
  readonly text: string;
}

interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: Text;
  readonly defaultConfiguration: { readonly level: 'note' | 'warning' | 'error' };
  readonly properties: Readonly<Record<string, string | string[]>>;
}

interface Place {
  readonly uri: string;
  readonly index?: number;
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: 'note' | 'warning' | 'error';
  readonly message: Text;
  readonly locations: {
    readonly physicalLocation: {
      readonly artifactLocation: Place;
      readonly region?: { readonly startLine: number; readonly snippet?: Text };
    };
  }[];
  readonly partialFingerprints: Record<string, string>;
  readonly fixes?: {
    readonly description: Text;
    readonly artifactChanges: {
      readonly artifactLocation: Place;
      readonly replacements: {
        readonly deletedRegion: { readonly charOffset: number; readonly charLength: number };
        readonly insertedContent: Text;
      }[];
    }[];
  }[];
}

/** The part of SARIF 2.1.0 that is written here. Source: docs.oasis-open.org/sarif. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: {
    readonly tool: {
      readonly driver: { readonly name: string; readonly version: string; readonly rules: SarifRule[] };
    };
    readonly columnKind: 'utf16CodeUnits';
    readonly artifacts: {
      readonly location: Place;
      readonly mimeType: string;
      readonly encoding: string;
      readonly length: number;
      readonly hashes?: Record<string, string>;
      readonly properties: Readonly<Record<string, string>>;
    }[];
    readonly results: SarifResult[];
  }[];
}
