import '../../styles/entry.css';
import { useState } from 'preact/hooks';
import type { AddressView } from '../../../api.ts';
import { Address } from '../../parts/address.tsx';
import { announce } from '../../parts/announce.ts';
import { Badge, Notice } from '../../parts/badge.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { useDeployment } from '../../parts/deployment.ts';
import { get } from '../../parts/fetch.ts';
import { link, useRoute } from '../../parts/route.ts';
import { Empty, Loading, ProblemBox } from '../../parts/states.tsx';
import { Text, visible } from '../../parts/text.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { View } from '../../parts/view.tsx';
import { EVERYWHERE, scopeTitle } from '../../parts/words.ts';
import { Asked, type Asking } from './asked.tsx';
import { EntryCard } from './entry-card.tsx';
import { MayIMail } from './may-i-mail.tsx';
import { ALL_SCOPES } from './scope-choice.tsx';

const Known = ({ view, ask }: { readonly view: AddressView; readonly ask: ((asking: Asking) => void) | null }) => (
  <>
    {view.unreadable.map(({ scope, problem }) => (
      <section key={scope} aria-label={scopeTitle(scope)}>
        <h2>{scopeTitle(scope)}</h2>
        <ProblemBox problem={problem} />
      </section>
    ))}
    {view.entries.map((entry) => (
      <EntryCard
        key={entry.scope}
        entry={entry}
        onRemove={ask && (() => ask({ what: 'remove', scope: entry.scope }))}
        onAllow={ask && (() => ask({ what: 'allow', scope: entry.scope }))}
      />
    ))}
  </>
);

const Actions = ({ view, ask }: { readonly view: AddressView; readonly ask: (asking: Asking) => void }) => {
  const isKnown = view.entries.length + view.unreadable.length > 0;
  return (
    <>
      <Button onClick={() => ask({ what: 'add' })}>Add in a scope …</Button>
      <Button onClick={() => ask({ what: 'allow', scope: EVERYWHERE })}>Allow …</Button>
      {isKnown ? (
        <>
          <Button onClick={() => ask({ what: 'forget' })}>Forget texts …</Button>
          <Button onClick={() => ask({ what: 'unblock' })}>Forget and unblock …</Button>
          <Button kind="danger" onClick={() => ask({ what: 'remove', scope: ALL_SCOPES })}>
            Remove …
          </Button>
        </>
      ) : null}
    </>
  );
};

const Unknown = ({ address, onAdd }: { readonly address: string; readonly onAdd: (() => void) | null }) => (
  <Empty
    title="The list knows nothing of it: it may be mailed"
    actions={
      <>
        {onAdd === null ? null : (
          <Button kind="primary" onClick={onAdd}>
            Add it …
          </Button>
        )}
        <ButtonLink href={link('list')}>Go to the list</ButtonLink>
      </>
    }
  >
    <p>
      No bounce, complaint or decision about <Text>{address}</Text> is known in any scope.
    </p>
  </Empty>
);

/** All that the list knows of one address. */
const Entry = () => {
  const [given = ''] = useRoute().path;
  const {
    value: view,
    problem,
    reload,
  } = useLoaded(`/entry ${given}`, (signal) => get<AddressView>('/entry', { address: given }, signal));
  const deployment = useDeployment();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<readonly string[]>([]);
  const home = deployment?.home ?? null;
  const ask = deployment !== undefined && home === null ? setAsking : null;
  const address = view?.address ?? given;
  const isKnown = view !== undefined && view.entries.length + view.unreadable.length > 0;
  return (
    <View
      title={visible(address)}
      heading={
        <>
          <Address>{address}</Address> {view?.simulator ? <Badge tone="accent">mailbox simulator</Badge> : null}
        </>
      }
      actions={view === undefined || ask === null ? undefined : <Actions view={view} ask={ask} />}
    >
      {view?.simulator ? (
        <p class="hint">SES plays this recipient, so what is learnt of it holds for a short while only.</p>
      ) : null}
      {home === null ? null : (
        <Notice>
          This is a copy of the list. It is changed in its home Region, <Text>{home}</Text>.
        </Notice>
      )}
      {done.length === 0 ? null : (
        <Notice tone="good">
          {done.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {view === undefined && problem === null ? <Loading what="what is known of it" /> : null}
      {view === undefined ? null : <MayIMail view={view} />}
      {isKnown ? <Known view={view} ask={ask} /> : null}
      {view === undefined || isKnown ? null : (
        <Unknown address={view.address} onAdd={ask && (() => ask({ what: 'add' }))} />
      )}
      {asking === null || view === undefined ? null : (
        <Asked
          asking={asking}
          view={view}
          onClose={() => setAsking(null)}
          onDone={(words) => {
            setAsking(null);
            setDone(words);
            announce(words.join(' '));
            reload();
          }}
        />
      )}
    </View>
  );
};

export default Entry;
