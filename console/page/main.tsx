import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import { type ComponentType, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeploymentView } from '../api.ts';
import { Boundary } from './parts/boundary.tsx';
import { ButtonLink } from './parts/button.tsx';
import { connection } from './parts/connection.ts';
import { Deployment } from './parts/deployment.ts';
import { get } from './parts/fetch.ts';
import { keepFocus } from './parts/keep-focus.ts';
import { link, useRoute } from './parts/route.ts';
import { Empty, ProblemBox, ToldAbove } from './parts/states.tsx';
import { useStore } from './parts/store.ts';
import { useLoaded } from './parts/use-loaded.ts';
import { View } from './parts/view.tsx';
import { Shell } from './shell.tsx';
import Entry from './views/entry/index.tsx';
import Health from './views/health/index.tsx';
import Inbox from './views/inbox/index.tsx';
import List from './views/list/index.tsx';
import Now from './views/now/index.tsx';
import Rates from './views/rates/index.tsx';
import Try from './views/try/index.tsx';

const VIEWS: ReadonlyMap<string, ComponentType> = new Map(
  Object.entries({ now: Now, list: List, entry: Entry, rates: Rates, health: Health, try: Try, inbox: Inbox }),
);

/** Views of what only a local cloud has. */
const DESK: readonly string[] = ['try', 'inbox'];

const RETRY_MS = 3000;

const Nowhere = () => (
  <View title="No such page">
    <Empty title="There is nothing at this address" actions={<ButtonLink href={link('now')}>Go to Now</ButtonLink>} />
  </View>
);

const NoDesk = ({ local }: { readonly local: boolean }) => (
  <View title="Only on the local cloud">
    <Empty
      title="Mails can be tried on the local cloud only"
      actions={<ButtonLink href={link('now')}>Go to Now</ButtonLink>}
    >
      <p>
        {local
          ? 'The local cloud has a console of its own that can: open the address that “npm start” printed.'
          : 'This console looks at a deployed stack, from which it sends nothing. The local cloud starts with “npm start”.'}
      </p>
    </Empty>
  </View>
);

/** Where nothing is known of what is looked at, what was given at the start may be wrong. */
const HowToStart = () => (
  <p class="hint">
    What it looks at was said when it was started. To change that, end it with Ctrl-C in its terminal and start it
    again, such as <code>npx ses-suppressor console --stack NAME --region REGION</code>.
  </p>
);

/** The session is not, or no longer, known: the terminal has the address that opens one. */
const Closed = () => (
  <main class="closed">
    <View title="Open the address that the terminal printed">
      <p>
        This console knows its user by the token in the address that it printed when it started. Copy the whole address
        from that terminal into this browser; each start of the console makes a new one.
      </p>
    </View>
  </main>
);

const App = () => {
  const { view, path } = useRoute();
  const {
    value: deployment,
    problem,
    reload,
  } = useLoaded('/deployment', (signal) => get<DeploymentView>('/deployment', {}, signal));
  const connected = useStore(connection);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (connected !== 'lost') return;
    const timer = setInterval(reload, RETRY_MS);
    return () => clearInterval(timer);
  }, [connected, reload]);

  const place = link(view, path);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    scrollTo(0, 0);
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [place]);

  if (connected === 'closed') return <Closed />;
  const deskless = deployment !== undefined && !deployment.desk && DESK.includes(view);
  const Shown = VIEWS.get(view) ?? Nowhere;
  const retry = () => {
    reload();
    setTurn(turn + 1);
  };
  return (
    <Deployment.Provider value={deployment}>
      <Shell view={view} deployment={deployment}>
        {problem === null ? null : (
          <ProblemBox problem={problem} onRetry={retry}>
            {deployment === undefined ? <HowToStart /> : null}
          </ProblemBox>
        )}
        <ToldAbove.Provider value={problem}>
          <Boundary key={`${turn} ${place}`}>{deskless ? <NoDesk local={deployment.local} /> : <Shown />}</Boundary>
        </ToldAbove.Provider>
      </Shell>
    </Deployment.Provider>
  );
};

const app = document.getElementById('app') ?? document.body;
keepFocus(app);
render(<App />, app);
