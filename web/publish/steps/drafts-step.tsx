import { type ReactElement, useState } from 'react';
import { Tabs } from '../../ui/tabs.tsx';
import { DraftEditor } from '../editor/draft-editor.tsx';
import styles from '../publish.module.css';
import { nameOf } from '../state/step-faults.ts';
import type { WizardTools } from '../use-wizard.ts';

/** The texts as they go out: one skill at a time, its source beside what readers see. */
export function DraftsStep({ tools }: { readonly tools: WizardTools }): ReactElement {
  const own = tools.work.skills.flatMap(({ item, included, draft }) =>
    included && draft ? [{ item, draft }] : [],
  );
  const [chosen, setChosen] = useState<string>();
  const shown = own.find(({ item }) => item === chosen) ?? own[0];
  if (!shown)
    return <p className="soft">This bundle has reused skills alone. Their texts are their authors’.</p>;
  const isBad = (item: string): boolean => {
    const skill = tools.judged?.find((one) => one.item === item);
    return skill !== undefined && (skill.fault !== undefined || skill.verdict === 'block');
  };
  return (
    <div className={`sheet ${styles['skills']}`}>
      <Tabs
        label="Skills"
        tabs={own.map(({ item, draft }) => ({
          name: item,
          label: (
            <>
              <span className="skill-name">{nameOf({ draft })}</span>
              {isBad(item) && <span className="bad"> !</span>}
            </>
          ),
        }))}
        chosen={shown.item}
        onChoose={setChosen}
      >
        <DraftEditor key={shown.item} item={shown.item} draft={shown.draft} tools={tools} />
      </Tabs>
    </div>
  );
}
