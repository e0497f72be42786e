import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DeploymentView } from '../api.ts';
import { announcement } from './parts/announce.ts';
import { Badge, Notice, Status } from './parts/badge.tsx';
import { Segmented } from './parts/choice.tsx';
import { connection } from './parts/connection.ts';
import { link } from './parts/route.ts';
import { useStore } from './parts/store.ts';
import { Text } from './parts/text.tsx';
import { chooseTheme, theme } from './parts/theme.ts';

interface Place {
  readonly view: string;
  readonly name: string;
  /** On a local cloud only. */
  readonly desk?: true;
  /** Views that belong to it. */
  readonly of?: readonly string[];
}

const PLACES: readonly Place[] = [
  { view: 'now', name: 'Now' },
  { view: 'list', name: 'List', of: ['entry'] },
  { view: 'rates', name: 'Rates' },
  { view: 'health', name: 'Health' },
  { view: 'try', name: 'Try it', desk: true },
  { view: 'inbox', name: 'Inbox', desk: true },
];

/** How the connection to the console stands; good only where something can be looked at through it. */
const Connected = ({ known }: { readonly known: boolean }) => {
  const now = useStore(connection);
  return (
    <span class="connection" role="status">
      {now === 'lost' ? <Status tone="bad">Not connected</Status> : null}
      {now !== 'lost' && known ? <Status tone="good">Connected</Status> : null}
    </span>
  );
};

/** Where a local cloud is, for `--endpoint`: the last word of its name. */
const endpointIn = (name: string): string => name.slice(name.lastIndexOf(' ') + 1);

const Which = ({ deployment }: { readonly deployment: DeploymentView | undefined }) =>
  deployment === undefined ? (
    <p class="which" />
  ) : (
    <p class="which">
      {deployment.local ? (
        <>
          <Badge tone="accent">Local cloud</Badge>
          <span class="which-part">
            <Text>{endpointIn(deployment.name)}</Text>
          </span>
        </>
      ) : (
        <span class="which-name">
          <Text>{deployment.name}</Text>
        </span>
      )}
      {deployment.local || deployment.region === null ? null : (
        <span class="which-part">
          <span class="which-label">Region</span> <Text>{deployment.region}</Text>
        </span>
      )}
      <span class={deployment.local ? 'which-part which-more' : 'which-part'}>
        <span class="which-label">Table</span> <Text>{deployment.table}</Text>
      </span>
    </p>
  );

const Announcer = () => (
  <div class="visually-hidden" role="status" aria-live="polite">
    {useStore(announcement)}
  </div>
);

/** What is around every view: where one can go, what is looked at, and how the connection stands. */
export const Shell = ({
  view,
  deployment,
  children,
}: {
  /** The view that is shown, for the navigation. */
  readonly view: string;
  readonly deployment: DeploymentView | undefined;
  readonly children: ComponentChildren;
}) => {
  const main = useRef<HTMLElement>(null);
  const chosen = useStore(theme);
  const here = useRef<HTMLAnchorElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [view]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="bar">
        <a class="brand" href={link('now')}>
          ses-suppressor
        </a>
        <Which deployment={deployment} />
        <Connected known={deployment !== undefined} />
      </header>
      <div class="rail">
        <nav aria-label="Views">
          <ul class="places">
            {PLACES.filter((place) => place.desk !== true || deployment?.desk === true).map((place) => {
              const current = place.view === view || place.of?.includes(view) === true;
              return (
                <li key={place.view}>
                  <a
                    ref={current ? here : null}
                    href={link(place.view)}
                    aria-current={current ? (place.view === view ? 'page' : 'true') : undefined}
                  >
                    {place.name}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
        <footer class="rail-foot">
          <Segmented
            label="Theme"
            options={[
              { value: 'system', label: 'Auto' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            value={chosen}
            onChange={chooseTheme}
          />
          <p class="small-print">
            <span>Times are in UTC.</span>
            {deployment === undefined ? null : <span>Version {deployment.version}</span>}
          </p>
        </footer>
      </div>
      <main id="main" ref={main} tabIndex={-1}>
        {deployment !== undefined && deployment.home !== null ? (
          <Notice tone="notice">
            This table is a copy; the list is written in <Text>{deployment.home}</Text>. Here it can be read, not
            changed.
          </Notice>
        ) : null}
        {children}
      </main>
      <Announcer />
    </div>
  );
};
