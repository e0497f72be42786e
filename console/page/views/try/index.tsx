import '../../styles/try.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DeskView, Problem, SentView } from '../../../api.ts';
import { announce } from '../../parts/announce.ts';
import { Segmented } from '../../parts/choice.tsx';
import { useFeed } from '../../parts/feed/use-feed.ts';
import { get, post, problemOf } from '../../parts/fetch.ts';
import { RawView } from '../../parts/raw-view.tsx';
import { Empty, Loading, ProblemBox } from '../../parts/states.tsx';
import { store, useStore } from '../../parts/store.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { Section, View } from '../../parts/view.tsx';
import { Compose } from './compose.tsx';
import { type Draft, firstDraft, newLabel, requestOf } from './draft.ts';
import { Outcome } from './outcome.tsx';
import { inOneSentence, type Sent, sentOf } from './sent.ts';
import { shownRequest } from './shown-request.ts';

/** Both outlive a look at another view. */
const theDraft = store<Draft | null>(null);
const lastSent = store<Sent | null>(null);
const firstLabel = newLabel();

const FORMS = [
  { value: 'json', label: 'JSON' },
  { value: 'curl', label: 'curl' },
] as const;

/** What is shown must be in sight. */
const bringIntoSight = (element: HTMLElement | null): void => {
  const { top = 0 } = element?.getBoundingClientRect() ?? {};
  if (top < 0 || top > innerHeight / 2) element?.scrollIntoView({ block: 'start' });
};

const Request = ({ draft, invoke }: { readonly draft: Draft; readonly invoke: string }) => {
  const [form, setForm] = useState<'json' | 'curl'>('json');
  return (
    <details class="more">
      <summary>The request, to copy</summary>
      <div class="stack">
        <Segmented label="Form of the request" options={FORMS} value={form} onChange={setForm} />
        <RawView raw={shownRequest(draft, form, invoke)} />
        {draft.files.length === 0 ? null : <p class="hint">What the files hold is left out here.</p>}
      </div>
    </details>
  );
};

const Desk = ({ desk }: { readonly desk: DeskView }) => {
  const draft = useStore(theDraft) ?? firstDraft(desk, firstLabel);
  const sent = useStore(lastSent);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const feed = useFeed();
  const outcome = useRef<HTMLDivElement>(null);
  const turn = sent?.turn ?? 0;
  const shown = useRef(turn);
  useLayoutEffect(() => {
    if (shown.current !== turn) bringIntoSight(outcome.current);
    shown.current = turn;
  }, [turn]);
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const made = sentOf(await post<SentView>('/desk/send', requestOf(draft)), turn + 1);
      lastSent.set(made);
      announce(inOneSentence(made));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="try">
      <div class="try-form">
        <Compose draft={draft} desk={desk} busy={busy} onChange={theDraft.set} onSend={send} />
        <Request draft={draft} invoke={desk.invoke} />
      </div>
      <div class="try-outcome" ref={outcome}>
        {problem === null ? null : <ProblemBox problem={problem} />}
        {sent === null ? (
          <Section title="What became of it">
            <Empty title={busy ? 'The send function is asked …' : 'Nothing was sent yet'}>
              <p>
                Press Send: the list is asked, SES accepts the mail, says that it bounced, and the address goes on the
                list. Send again, and it is withheld.
              </p>
            </Empty>
          </Section>
        ) : (
          <Outcome sent={sent} feed={feed} busy={busy} onAgain={send} />
        )}
      </div>
    </div>
  );
};

export default () => {
  const { value, problem, reload } = useLoaded('/desk', (signal) => get<DeskView>('/desk', {}, signal));
  return (
    <View title="Try it" intro="Send a mail through the send function of this local cloud, and see what becomes of it.">
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {value === undefined ? problem === null ? <Loading what="the form" /> : null : <Desk desk={value} />}
    </View>
  );
};
