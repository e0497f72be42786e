import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api.ts';
import { Button } from './button.tsx';
import { problemOf } from './fetch.ts';
import { ProblemBox, ToldAbove } from './states.tsx';

/**
 * A modal window: the focus goes in, stays in, and returns to where it was. Escape, a click beside it and the button close it.
 *
 * @example {chosen ? <Dialog title="Details" onClose={() => setChosen(null)}>…</Dialog> : null}
 */
export const Dialog = ({
  title,
  heading,
  side = false,
  onClose,
  actions,
  children,
}: {
  readonly title: string;
  /** The heading if it is more than text. */
  readonly heading?: ComponentChildren;
  /** At the right edge, over the whole height: for much to read. */
  readonly side?: boolean;
  readonly onClose: () => void;
  /** Buttons at the foot. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) => {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // Before anything else can be pressed: a Tab in between would go behind it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    // What is to be filled in goes before the button that closes it.
    element?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // As early as that: an Escape that nobody hears would close the window and leave it open to everybody else.
  useLayoutEffect(() => {
    const element = dialog.current;
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    // Browsers do not ask twice whether it may be closed.
    const closed = () => close.current();
    const beside = (event: Event) => {
      if (event.target === element) close.current();
    };
    element?.addEventListener('cancel', cancel);
    element?.addEventListener('close', closed);
    element?.addEventListener('pointerdown', beside);
    return () => {
      element?.removeEventListener('cancel', cancel);
      element?.removeEventListener('close', closed);
      element?.removeEventListener('pointerdown', beside);
    };
  }, []);

  return (
    <dialog ref={dialog} class={side ? 'dialog side' : 'dialog'} aria-labelledby={id}>
      <div class="dialog-frame">
        <header class="dialog-head">
          <h2 id={id}>{heading ?? title}</h2>
          <button type="button" class="button quiet small dialog-close" aria-label="Close" onClick={() => onClose()}>
            <span aria-hidden="true">×</span>
          </button>
        </header>
        <div class="dialog-body">
          {/* what is above cannot be seen from here */}
          <ToldAbove.Provider value={null}>{children}</ToldAbove.Provider>
        </div>
        {actions === undefined ? null : <footer class="dialog-foot">{actions}</footer>}
      </div>
    </dialog>
  );
};

/**
 * Asks before something is done. It stays, and says why, if doing it fails; closing it is the caller's, after `onConfirm`.
 *
 * @example
 * <Confirm title="Forget pat@target.example?" confirm="Forget" kind="danger" onClose={close}
 *   onConfirm={async () => { await post('/forget', { address, unblock: false }); close(); }}>
 *   <p>Texts and names are dropped; it stays suppressed.</p>
 * </Confirm>
 */
export const Confirm = ({
  title,
  confirm,
  kind = 'primary',
  ready = true,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** The word on the button: what will be done. */
  readonly confirm: string;
  readonly kind?: 'primary' | 'danger';
  /** Whether all is given that it needs. */
  readonly ready?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const act = async (event: Event) => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
    } catch (error) {
      if (mounted.current) setProblem(problemOf(error));
    } finally {
      if (mounted.current) setBusy(false);
    }
  };
  const form = useId();
  return (
    <Dialog
      title={title}
      onClose={busy ? () => undefined : onClose}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" form={form} kind={kind} busy={busy} disabled={!ready}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} class="stack" onSubmit={act}>
        {children}
        {problem === null ? null : <ProblemBox problem={problem} />}
      </form>
    </Dialog>
  );
};
