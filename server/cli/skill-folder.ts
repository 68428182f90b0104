import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { DraftFile } from '../../shared/contract/plan.ts';

/**
 * Where a run's files go. What was there before the run stays as it is: a run whose skills have folders there already goes into another
 * folder beside it, `skills-2`. What this run wrote it may write again.
 */
export class SkillFolder {
  readonly #wanted: string;
  readonly #force: boolean;
  readonly #say: (line: string) => void;
  readonly #own = new Set<string>();
  #chosen: string;

  constructor(wanted: string, options: { readonly force: boolean; readonly say: (line: string) => void }) {
    this.#wanted = wanted;
    this.#force = options.force;
    this.#say = options.say;
    this.#chosen = wanted;
  }

  get path(): string {
    return this.#chosen;
  }

  /** Chooses the folder for skills of these names, and tells when it is not the one that was wanted. */
  choose(names: readonly string[]): void {
    const taken = (folder: string): string | undefined =>
      names.map((name) => join(folder, name)).find((path) => this.#isTaken(path));
    const inTheWay = taken(this.#chosen);
    if (inTheWay === undefined) return;
    this.#chosen = firstOf(
      (n) => (n === 1 ? this.#wanted : `${this.#wanted}-${n}`),
      (folder) => taken(folder) === undefined,
    );
    this.#say(
      `${inTheWay} is there already and stays as it is. This run goes into ${this.#chosen}; --force would overwrite.`,
    );
  }

  /** Writes `name/SKILL.md` and the files beside it, whose paths have no more than one folder. */
  writeSkill(name: string, text: string, files: readonly DraftFile[] = []): void {
    // also where the name was not in the plan
    this.choose([name]);
    const folder = join(this.#chosen, name);
    mkdirSync(folder, { recursive: true });
    this.#own.add(folder);
    this.#write(join(folder, 'SKILL.md'), text);
    this.writeBeside(name, files);
  }

  /** Whether this run wrote a skill of that name. */
  wrote(name: string): boolean {
    return this.#own.has(join(this.#chosen, name));
  }

  /** Writes files beside a SKILL.md that is written. */
  writeBeside(name: string, files: readonly DraftFile[]): void {
    const folder = join(this.#chosen, name);
    for (const { path, content } of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      this.#write(file, content);
    }
  }

  /** Writes a file beside the skills, under the next name where that one is taken: `receipt-2.json`. Returns its path. */
  writeFile(name: string, text: string): string {
    mkdirSync(this.#chosen, { recursive: true });
    const extension = extname(name);
    const stem = join(this.#chosen, name.slice(0, name.length - extension.length));
    const path = firstOf(
      (n) => `${stem}${n === 1 ? '' : `-${n}`}${extension}`,
      (one) => !this.#isTaken(one),
    );
    this.#write(path, text);
    return path;
  }

  #isTaken(path: string): boolean {
    // a link that leads nowhere is there too
    return !this.#force && !this.#own.has(path) && lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  }

  #write(path: string, text: string): void {
    writeFileSync(path, text, { flag: this.#force || this.#own.has(path) ? 'w' : 'wx' });
    this.#own.add(path);
  }
}

function firstOf(make: (n: number) => string, fits: (one: string) => boolean): string {
  for (let n = 1; ; n += 1) if (fits(make(n))) return make(n);
}
