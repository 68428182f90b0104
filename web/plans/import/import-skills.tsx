import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { Link } from 'wouter';
import type { Imported } from '../../../shared/contract/author/import.ts';
import { useSignedIn } from '../../account/use-signed-in.ts';
import { useAction } from '../../http/use-action.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { plural } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { PLANS_QUERY } from '../plans-api.ts';
import { importFolder, importFromUrl, importZip } from './import-api.ts';

/** By which skills that somebody has already become a plan, to look through and publish. */
export function ImportSkills(): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        Import skills…
      </button>
      {open && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const { busy, failure, run } = useAction();
  const [made, setMade] = useState<Imported>();
  if (made) return <ImportedSkills made={made} onClose={onClose} />;

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const field = (name: string): HTMLInputElement | undefined => {
      const found = elements.namedItem(name);
      return found instanceof HTMLInputElement ? found : undefined;
    };
    // of the fields themselves: only these files say where in the folder they are
    const [zip] = [...(field('zip')?.files ?? [])];
    const folder = [...(field('folder')?.files ?? [])];
    const url = field('url')?.value.trim() ?? '';
    const work = (): Promise<Imported> => {
      if (zip) return importZip(zip);
      return folder.length > 0 ? importFolder(folder) : importFromUrl(url);
    };
    void run(async () => {
      setMade(await signedIn('to import skills', work));
      await client.invalidateQueries({ queryKey: PLANS_QUERY });
    });
  };
  return (
    <Dialog title="Import skills" onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={submit}>
        <p>
          Every folder with a SKILL.md becomes a draft of a new plan, which you look through and publish. One
          of these:
        </p>
        <TextField label="A ZIP or .tar.gz" name="zip" type="file" accept=".zip,.gz,.tgz,.skill" />
        <TextField label="A folder" name="folder" type="file" multiple {...{ webkitdirectory: '' }} />
        <TextField
          label="An address with an index of skills"
          name="url"
          type="url"
          placeholder="https://example.com"
          hint="A public https address; its .well-known/agent-skills/index.json is read."
        />
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="primary" aria-disabled={busy}>
            {busy ? 'Importing…' : 'Import'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function ImportedSkills({
  made: { plan, leftOut },
  onClose,
}: {
  readonly made: Imported;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog title={`Imported ${plural(plan.drafts, 'skill')}`} onClose={onClose}>
      {leftOut.length > 0 && (
        <>
          <p>Left out:</p>
          <ul className="small">
            {leftOut.map(({ name, reason }) => (
              <li key={`${name}: ${reason}`}>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="row actions">
        <Link className="plain strong" href={`/publish/bundle?plan=${plan.id}`}>
          Look through and publish
        </Link>
        <Link className="plain" href={`/me/plans/${plan.id}`}>
          Open the plan
        </Link>
      </div>
    </Dialog>
  );
}
