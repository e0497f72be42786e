import { Component } from 'preact';
import type { FeedItem } from '../../../api.ts';
import { Badge } from '../../parts/badge.tsx';
import { effectTone, kindName, kindOf, toneOf } from '../../parts/feed/kinds.ts';
import { Text, visible } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';

/** What stands for whom a line is about. */
const whom = ({ addresses: [first], recipients }: FeedItem): { readonly first: string; readonly more: number } =>
  first === undefined ? { first: '', more: 0 } : { first, more: recipients - 1 };

/** The finding as it stands beside the address, which it need not name again. */
const findingBeside = ({ finding, addresses: [first] }: FeedItem): string =>
  first !== undefined && finding.startsWith(`${first} is `) ? finding.slice(first.length + ' is '.length) : finding;

interface RowProps {
  readonly item: FeedItem;
  readonly onOpen: (item: FeedItem) => void;
}

/** A line never changes once it is there, so it is drawn once. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps) {
    return next.item !== this.props.item;
  }

  override render({ item, onOpen }: RowProps) {
    const kind = kindOf(item);
    const { first, more } = whom(item);
    const said = [item.subject, findingBeside(item)].filter((each): each is string => each !== null && each !== '');
    const why = item.rule ?? item.reason;
    return (
      <tr class="feed-row">
        <td class="feed-time">
          <Time iso={item.at} form="short" />
        </td>
        <td class="feed-kind">
          <Badge tone={toneOf(item)}>
            <Text>{kindName(kind)}</Text>
          </Badge>
        </td>
        <th scope="row" class="feed-whom">
          <button type="button" class="feed-open" onClick={() => onOpen(item)} title={visible(first)}>
            {first === '' ? <span class="muted">no address</span> : <Text>{first}</Text>}
          </button>
          {more > 0 ? <span class="feed-more"> +{more} more</span> : null}
        </th>
        <td class="feed-rule">{why === null ? null : <Text>{why}</Text>}</td>
        <td class="feed-effect">
          {item.effect === null ? null : (
            <span class={`effect ${effectTone(item.effect)}`}>
              <Text>{item.effect}</Text>
            </span>
          )}
        </td>
        <td class="feed-stream">{item.stream === null ? null : <Text>{item.stream}</Text>}</td>
        <td class="feed-said">
          {said.map((each, at) => (
            <span key={each} title={visible(each)}>
              {at === 0 ? '' : ' · '}
              <Text>{each}</Text>
            </span>
          ))}
        </td>
      </tr>
    );
  }
}

const move = (event: KeyboardEvent): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.feed-open')];
  const { activeElement: active } = document;
  const at = active instanceof HTMLElement ? rows.indexOf(active) : -1;
  const next = at === -1 ? undefined : rows[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
};

/** The lines as a table, newest first; each opens by click or Enter, the arrow keys go from one to the next. */
export const FeedRows = ({
  items,
  onOpen,
}: {
  readonly items: readonly FeedItem[];
  readonly onOpen: (item: FeedItem) => void;
}) => (
  <table class="feed">
    <caption class="visually-hidden">What happens, newest first</caption>
    <thead>
      <tr class="feed-head">
        <th scope="col">Time</th>
        <th scope="col">What</th>
        <th scope="col">Address</th>
        <th scope="col">Rule, reason</th>
        <th scope="col">Effect</th>
        <th scope="col">Stream</th>
        <th scope="col">Subject, finding</th>
      </tr>
    </thead>
    <tbody onKeyDown={move}>
      {items.map((item) => (
        <Row key={item.id} item={item} onOpen={onOpen} />
      ))}
    </tbody>
  </table>
);
